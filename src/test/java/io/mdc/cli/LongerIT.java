package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finished runs that go on for more outer loops. */
class LongerIT {
    private static final String SHORT = "--outer=2";
    private static final String LONG = "--outer=5";
    private static final Pattern EVALUATIONS = Pattern.compile("evaluation.*");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"mdc", "dance", "dc"})
    void aFinishedRunGoesOnToTheBytesOfALongerOne(String method) throws IOException {
        String[] settings = {"--method=" + method, "--pool-size=1", "--pool-images=64"};
        if (!method.equals("dance")) {
            settings = new String[] {"--method=" + method, "--evaluate-every=2", "--sizes=1"};
        }
        Path longer = folder.resolve("longer");
        run(TinyCommand.condense(longer, Cli.join(settings, SHORT)));
        byte[] before = Files.readAllBytes(longer.resolve("synthetic.npz"));
        run("condense", "--resume", "--out", longer.toString(), LONG);
        assertNotEquals(before, Files.readAllBytes(longer.resolve("synthetic.npz")));

        Path whole = folder.resolve("whole");
        run(TinyCommand.condense(whole, Cli.join(settings, LONG)));
        assertEquals(made(whole), made(longer));

        assertEquals(made(whole), resumedAgain(longer), "finished, and as long as before");
    }

    private static SortedMap<String, String> resumedAgain(Path run) throws IOException {
        run("condense", "--resume", "--out", run.toString());
        return made(run);
    }

    @Test
    void itIsEvaluatedAnew() {
        Path longer = folder.resolve("longer");
        run(TinyCommand.condense(longer, SHORT, "--evaluate=true"));
        Cli resumed = run("condense", "--resume", "--out", longer.toString(), LONG);
        Path whole = folder.resolve("whole");
        Cli direct = run(TinyCommand.condense(whole, LONG, "--evaluate=true"));
        String table = direct.out().substring(0, direct.out().indexOf("condensed set"));
        assertTrue(resumed.out().startsWith("1 of 2 protocols, condensed set "), "that of the shorter set is kept");
        String second = resumed.out().substring(resumed.out().indexOf("2 of 2 protocols, condensed set "));
        assertTrue(second.substring(second.indexOf('\n') + 1).startsWith(table), resumed.out());
    }

    @Test
    void aFamilyGoesOn() throws IOException {
        String[] settings = {"--vary=subset=none,adaptive"};
        Path longer = folder.resolve("longer");
        run(TinyCommand.condense(longer, Cli.join(settings, SHORT)));
        run("condense", "--resume", "--out", longer.toString(), LONG);
        Path whole = folder.resolve("whole");
        run(TinyCommand.condense(whole, Cli.join(settings, LONG)));
        assertEquals(made(whole), made(longer));
    }

    @Test
    void aFamilyIsEvaluatedByTheSettingsGivenNow() {
        Path family = folder.resolve("family");
        run(TinyCommand.condense(family, SHORT, "--vary=subset=none,adaptive"));
        Cli resumed =
                run("condense", "--resume", "--out", family.toString(), "--evaluate=true", "--epochs=1", "--sizes=1");
        assertTrue(resumed.out().contains("1 epochs, 2 repeats"), resumed.out());
        assertTrue(resumed.out().contains("subset-adaptive"), resumed.out());
    }

    @Test
    void itCannotBecomeShorterOrAnother() {
        Path run = folder.resolve("run");
        run(TinyCommand.condense(run, SHORT));
        assertRefused("--outer 1: is less than 2, with which " + run + " was begun", run, "--outer=1");
        assertRefused("--inner 3: differs from 2, with which " + run + " was begun", run, "--inner=3", LONG);

        Path family = folder.resolve("family");
        run(TinyCommand.condense(family, SHORT, "--vary=ipc=1,2"));
        Path member = family.resolve("ipc-1");
        assertRefused("--width 8: differs from 4, with which " + member + " was begun", family, "--width=8");
    }

    private static void assertRefused(String message, Path run, String... options) {
        Cli result = Cli.run(Cli.join(new String[] {"condense", "--resume", "--out", run.toString()}, options));
        assertEquals(ExitCode.USAGE, result.code());
        assertTrue(result.err().endsWith("mdc: " + message + "\n"), result.err());
    }

    private static Cli run(String... arguments) {
        Cli result = Cli.run(arguments);
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    /** What a run or family left, but for its evaluations, which tell of the shorter set too. */
    private static SortedMap<String, String> made(Path run) throws IOException {
        SortedMap<String, String> files = new TreeMap<>(RunFiles.of(run).files());
        files.keySet().removeIf(name -> EVALUATIONS
                .matcher(Path.of(name).getFileName().toString())
                .matches());
        return files;
    }
}
