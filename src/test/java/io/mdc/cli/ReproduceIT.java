package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables and figures of the paper from the command line. */
class ReproduceIT {
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final Pattern DONE =
            Pattern.compile("(condensing|evaluating|joining) ([a-z0-9]+_\\S+( \\S+_\\S+)*)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Exhibit.class)
    void whatWasNotMeasuredIsShownAsThePaperHasIt(Exhibit exhibit) {
        Cli shown = Cli.run(
                "reproduce",
                exhibit.id(),
                "--show",
                "--out",
                folder.resolve("out").toString());
        assertEquals(ExitCode.DONE, shown.code(), shown.err());
        assertFalse(shown.out().contains("here -"), shown.out());
        assertTrue(shown.out().startsWith(exhibit.id().startsWith("table") ? "Table" : ""), shown.out());
        assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    }

    @ParameterizedTest
    @EnumSource(Exhibit.class)
    void everyExhibitHasAPlan(Exhibit exhibit) {
        Path out = folder.resolve("out");
        Cli planned = Cli.run("reproduce", exhibit.id(), "--plan", "--format=markdown", "--out", out.toString());
        assertEquals(ExitCode.DONE, planned.code(), planned.err());
        assertTrue(planned.out().startsWith("**" + exhibit.id() + ", scale smoke**"), planned.out());
        assertTrue(planned.out().contains("| to do |"), planned.out());
        assertFalse(Files.exists(out), "nothing is written");
    }

    @Test
    void aPlanSaysWhatThereIsToDoAndHowLongItTakes() {
        Cli planned = Cli.run(
                "reproduce", "table12", "--plan", "--out", folder.resolve("out").toString());
        assertEquals(ExitCode.DONE, planned.code(), planned.err());
        assertTrue(planned.out().contains("shapes_mdc_ipc-50_class-wise-true_seed-0_"), planned.out());
        assertTrue(planned.out().contains("condensing should take "), planned.out());
        assertTrue(
                planned.out().matches("(?s).*evaluating should take .* \\(48 networks to train\\)\n"), planned.out());
        assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    }

    @Test
    void twoProcessesShareTheWorkAndLeaveWhatOneLeaves() throws Exception {
        Path both = folder.resolve("out");
        Cli one = Cli.run("reproduce", "table8", "--out", both.toString());
        assertEquals(ExitCode.DONE, one.code(), one.err());
        List<String> done = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        Path alone = Folders.move(both, folder.resolve("alone"));
        List<String> command = List.of("reproduce", "table8", "--out", both.toString());
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        try (JavaProcess left = JavaProcess.start(first, Map.of(), command);
                JavaProcess right = JavaProcess.start(second, Map.of(), command)) {
            for (JavaProcess process : List.of(left, right)) {
                assertTrue(process.ends(PATIENCE_MILLIS), process.err());
                Cli result = process.result();
                assertEquals(ExitCode.DONE, result.code(), result.err());
                tables.add(result.out());
                DONE.matcher(result.err()).results().forEach(found -> List.of(
                                found.group(2).split(" "))
                        .forEach(run -> done.add(found.group(1) + " " + run)));
            }
        }
        assertEquals(List.of(one.out(), one.out()), tables);
        assertEquals(4, done.size(), "two runs condensed and evaluated, each once: " + done);
        assertEquals(4, done.stream().distinct().count(), done.toString());
        Map<String, String> files = RunFiles.of(alone).files();
        Map<String, String> shared = RunFiles.of(both).files();
        assertEquals(files.keySet(), shared.keySet());
        files.forEach((name, content) -> assertEquals(content, shared.get(name), name));
        Cli again = Cli.run("reproduce", "table8", "--threads=1", "--out", both.toString());
        assertEquals(one.out(), again.out());
        assertFalse(again.err().contains("condensing"), again.err());
        whatIsDamagedIsWrittenAgain(both, one.out());
    }

    private static void whatIsDamagedIsWrittenAgain(Path out, String table) throws IOException {
        List<Path> runs = Folders.files(out).stream()
                .filter(file -> file.endsWith("synthetic.npz"))
                .sorted()
                .toList();
        for (Path set : runs) {
            Files.delete(set.resolveSibling("evaluation.json"));
        }
        Files.writeString(runs.get(0), "damaged");
        Path manifest = runs.get(1).resolveSibling("manifest.json");
        String odd =
                Files.readString(manifest).replaceFirst("\"warnings\" : \\[[^\\]]*]", "\"warnings\" : [ \"odd\" ]");
        Files.writeString(manifest, odd);
        Cli again = Cli.run("reproduce", "table8", "--out", out.toString());
        assertEquals(ExitCode.DONE, again.code(), again.err());
        Path damaged = runs.get(0).getParent().getFileName();
        assertTrue(again.err().contains("condensing " + damaged), again.err());
        assertTrue(again.err().contains("mdc: warning: " + manifest.getParent() + ": odd\n"), again.err());
        assertEquals(table, again.out());
    }

    @Test
    void aFirstCommandThatFailedDecidesNothing() {
        Path out = folder.resolve("out");
        Path none = folder.resolve("none");
        String[] first = {"reproduce", "figure10", "--out", out.toString(), "--dataset=folder", "--data-dir=" + none};
        assertEquals(ExitCode.DATA, Cli.run(first).code());
        Cli second = Cli.run("reproduce", "figure10", "--out", out.toString());
        assertEquals(ExitCode.DONE, second.code(), second.err());
        Cli other = Cli.run("reproduce", "figure10", "--plan", "--size=16", "--out", out.toString());
        assertEquals(ExitCode.USAGE, other.code());
        assertEquals(
                "mdc: --out " + out
                        + ": was begun with --scale smoke, not --scale smoke --size 16; name another"
                        + " directory\n",
                other.err());
        Cli shown = Cli.run("reproduce", "figure10", "--show", "--scale=cpu", "--out", out.toString());
        assertEquals(ExitCode.USAGE, shown.code(), shown.out());
        Cli best = Cli.run("reproduce", "figure10", "--show", "--best-of-four", "--out", out.toString());
        assertEquals(ExitCode.DONE, best.code(), best.err());
        assertTrue(Files.exists(out.resolve("figure10-best-of-four.png")));
    }

    @Test
    void joinedRunsAreEvaluatedAndRunsAreSharedByTables() throws IOException {
        Path out = folder.resolve("out");
        String[] common = {"--out", out.toString()};
        Cli shares = Cli.run(Cli.join(new String[] {"reproduce", "table7", "--cells=1/1"}, common));
        assertEquals(ExitCode.DONE, shares.code(), shares.err());
        assertTrue(shares.out().matches("(?s).*\nrate +here .*"), shares.out());
        Cli figure = Cli.run(Cli.join(new String[] {"reproduce", "figure12", "--dark"}, common));
        assertEquals(ExitCode.DONE, figure.code(), figure.err());
        assertTrue(Files.size(out.resolve("figure12-dark.png")) > 1000);
        assertTrue(Files.readString(out.resolve("figure12-dark.svg")).contains("<svg "));
        Cli timeline = Cli.run(Cli.join(new String[] {"reproduce", "figure5"}, common));
        assertEquals(ExitCode.DONE, timeline.code(), timeline.err());
        assertFalse(timeline.err().contains("condensing"), "the run is that of figure 12: " + timeline.err());
        assertTrue(Files.exists(out.resolve("figure5.svg")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "table13~ table13: there is no such table or figure; did you mean table1",
                "table1a --scale huge~ --scale huge: must be one of smoke, cpu, paper",
                "table1a --cells 3/2~ --cells 3/2: k must be from 1 to 2",
                "table1a --cells some~ --cells some: must be k/n with k from 1 to n, such as 2/8",
                "table3 --cells 1/9~ --cells 1/9: there are only 4 cells to share; ask for at most as many shares",
                "table6 --seeds 3~ --seeds 3: is not for table6, whose runs have seeds of their own; leave it out",
                "figure5 --seeds 3~ --seeds 3: is not for figure5, whose runs have seeds of their own; leave it out",
                "table1a --show --plan~ --show: does not go with --plan; give one of them",
                "table1a --show --cells 1/2~ --cells 1/2: does not go with --show",
                "table1a --seeds 0~ --seeds 0: must be from 1 to 100",
                "table1a --format odt~ --format odt: must be one of ",
                "table1a --scale cpu --dataset cifar10~ data set 'cifar10' is read from files: "
            })
    void wrongRequestsAreNamedAndLeaveNothingBehind(String arguments, String message) {
        Path out = folder.resolve("out");
        Cli refused = Cli.run(Cli.join(("reproduce " + arguments).split(" "), "--out", out.toString()));
        assertEquals(ExitCode.USAGE, refused.code(), refused.toString());
        assertTrue(refused.err().lines().toList().get(0).startsWith("mdc: " + message.strip()), refused.err());
        assertFalse(Files.exists(out.resolve("runs")));
    }

    @Test
    void aDirectoryOfOtherThingsIsLeftAlone() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("mine.txt"), "");
        assertRefused(out, "holds other files and no reproduce.json; name another directory");
        Files.delete(out.resolve("mine.txt"));
        Files.createDirectories(out.resolve("runs/begun"));
        Files.writeString(out.resolve("reproduce.json"), "{\"scale\": \"cpu\", \"settings\": {}}");
        assertRefused(out, "was begun with --scale cpu, not --scale smoke; name another directory", "--scale=smoke");
        Files.writeString(
                out.resolve("reproduce.json"), "{\"scale\": \"smoke\", \"settings\": {\"dataset\": \"svhn\"}}");
        assertRefused(
                out,
                "was begun with --scale smoke --dataset svhn, not --scale smoke --dataset npz; name another",
                "--dataset=npz");
        Files.writeString(out.resolve("reproduce.json"), "{\"scale\": \"smo");
        Cli damaged = Cli.run("reproduce", "table7", "--out", out.toString());
        assertEquals(ExitCode.DATA, damaged.code(), damaged.toString());
        assertTrue(damaged.err().contains("reproduce.json: damaged; it must say {"), damaged.err());
    }

    private static void assertRefused(Path out, String message, String... options) {
        Cli refused = Cli.run(Cli.join(new String[] {"reproduce", "table7", "--out", out.toString()}, options));
        assertEquals(ExitCode.USAGE, refused.code(), refused.toString());
        assertTrue(refused.err().startsWith("mdc: --out " + out + ": " + message), refused.err());
    }
}
