package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {
    private static final String FILES = "src/test/resources/io/mdc/torch/";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--factor 0~ --factor 0: must be a whole number from 1 to 16",
                "--tile-major 17~ --tile-major 17: must be a whole number from 1 to 16",
                "--normalised folder~ --normalised folder: has no fixed mean and deviation",
                "--ipc 3~ unknown option --ipc (see mdc import --help)"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Path out = folder.resolve("out");
        Cli result = Cli.run(("import " + FILES + "list.pt --out " + out + " " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
        assertFalse(Files.exists(out));
    }

    @Test
    void aFileThatIsMissingOrOfAnotherKindIsOneLineAndCodeThree() {
        Path out = folder.resolve("out");
        assertEquals(
                new Cli(ExitCode.DATA, "", "mdc: none.pt: no such file\n"),
                Cli.run("import", "none.pt", "--out=" + out));
        assertEquals(
                new Cli(
                        ExitCode.DATA,
                        "",
                        "mdc: " + FILES
                                + "evil.pt: not readable as a condensed set: the class or function posix.system,"
                                + " which images do not need\n"),
                Cli.run("import", FILES + "evil.pt", "--out=" + out));
        assertFalse(Files.exists(out));
    }
}
