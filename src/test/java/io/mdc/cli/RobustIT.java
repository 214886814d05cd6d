package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs compared with random and with all real images by {@code mdc evaluate --robust}. */
class RobustIT {
    @TempDir
    private static Path folder;

    private static String[] command;
    private static Cli compared;

    @BeforeAll
    static void compare() {
        Path run = folder.resolve("run");
        Cli condensed = Cli.run(TinyCommand.condense(run, "--outer=0"));
        assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        command = new String[] {"evaluate", run.toString(), "--robust", "--draws=2", "--epochs-real=1"};
        compared = Cli.run(command);
        assertEquals(ExitCode.DONE, compared.code(), compared.toString());
    }

    @Test
    void aTableOfTheLastEpochComesBeforeThatOfTheBestChosenOnTheTestSet() {
        List<String> lines = compared.out().lines().toList();
        assertEquals("last epoch:", lines.get(0));
        assertEquals(
                "network size images set random set plain random plain all real HLR IOR LRS ARS",
                lines.get(1).strip().replaceAll(" +", " "));
        String spread = " +-?[\\d.]+ ± [\\d.]+";
        assertTrue(
                lines.get(3).matches("convnet +2 +80" + spread.repeat(4) + " +[\\d.]+" + spread.repeat(4)),
                compared.out());
        assertFalse(lines.get(4).contains("chosen on the test set"), compared.out());
        assertEquals("best of four:", lines.get(6));
        assertTrue(lines.get(10).endsWith("; best of four is chosen on the test set"), compared.out());
        assertEquals("comparison  " + folder.resolve("run/robust.json"), lines.get(lines.size() - 1));
    }

    @Test
    void everyFormatIsThatOfTheSameNumbers() throws IOException {
        assertEquals(
                Files.readString(folder.resolve("run/robust.json")),
                Cli.run(Cli.join(command, "--json")).out());
        List<String> csv =
                Cli.run(Cli.join(command, "--format=csv")).out().lines().toList();
        assertEquals(3, csv.size());
        assertTrue(csv.get(0).startsWith("accuracy,network,size,images,set,set std,random,random std,"), csv.get(0));
        assertTrue(csv.get(1).startsWith("last epoch,convnet,2,80,"), csv.get(1));
        assertTrue(Cli.run(Cli.join(command, "--format=latex")).out().contains("\\begin{tabular}"));
    }

    @Test
    void networksThatGuessAreToldBelowTheTable() {
        List<String> lines = compared.out().lines().toList();
        assertEquals(13, lines.size(), compared.out());
        assertTrue(
                lines.get(11)
                        .matches("warning: no better than guessing one of 10 classes: convnet at size 2"
                                + " \\([\\d.]+ %\\); usual causes: .*"),
                compared.out());
        Cli json = Cli.run(Cli.join(command, "--json"));
        assertTrue(json.err().contains("mdc: warning: no better than guessing one of 10 classes"), json.err());
        assertTrue(
                lines.get(4)
                        .endsWith(
                                "26.9 is LRS where gain (IOR) and loss (HLR) are equal, and ARS where the set is worth"
                                        + " as much as random images"),
                lines.get(4));
    }

    @Test
    void settingsOfTheComparisonAreRefusedWithoutIt() {
        Cli refused = Cli.run("evaluate", folder.resolve("run").toString(), "--draws=3");
        assertEquals(ExitCode.USAGE, refused.code());
        assertEquals("mdc: --draws: is only for --robust; give both, or leave it out\n", refused.err());
        assertEquals(
                "mdc: --repeats: not with --robust, which trains --draws networks\n",
                Cli.run("evaluate", folder.resolve("run").toString(), "--robust", "--repeats=3")
                        .err());
        Cli none =
                Cli.run(Cli.join(new String[] {"evaluate", folder.resolve("run").toString()}, "--robust", "--draws=0"));
        assertEquals(ExitCode.USAGE, none.code());
        assertEquals("mdc: --draws 0: must be a whole number from 1 to 1000\n", none.err());
    }
}
