package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of evaluations during a run. */
class CourseTableTest {
    @TempDir
    private Path folder;

    private static String[] command(Path out, String... more) {
        String settings = "--dataset npz --data-dir src/test/resources/io/mdc/dataset/npz --ipc 2 --factor 1 --depth 1"
                + " --width 2 --outer 3 --inner 2 --period 1 --batch-real 2 --n-data 4 --batch-train 4 --epochs 2"
                + " --repeats 2 --evaluate-every 2";
        return Cli.join(Cli.join(new String[] {"condense", "--out", out.toString()}, settings.split(" ")), more);
    }

    @Test
    void aRunEndsWithItsLastImagesBesideTheBest() {
        Path out = folder.resolve("run");
        Cli cli = Cli.run(command(out));
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        List<String> lines = cli.out().lines().toList();
        assertEquals("during the run, " + out + ":", lines.get(0));
        assertEquals(
                List.of("network", "size", "last", "best", "of", "the", "run", "outer", "loop", "seconds"),
                List.of(lines.get(1).trim().split(" +")));
        assertTrue(lines.get(3).matches("convnet +1 +[0-9.]+ ± [0-9.]+ +[0-9.]+ ± [0-9.]+ +[23] +[0-9.]+"), cli::out);
        assertTrue(lines.get(5).matches("average +- +[0-9.]+ +[0-9.]+ +- +-"), cli::out);
        assertTrue(cli.out().contains("chosen by accuracy on the test set"), cli::out);
        assertTrue(
                cli.err()
                        .matches("(?s).*\nouter 2/3, \\d+ s of condensing, convnet: size 1 [0-9.]+, size 2"
                                + " [0-9.]+, average [0-9.]+\n.*"),
                cli::err);
        assertTrue(
                Cli.run("evaluate", out.toString()).out().lines().noneMatch(line -> line.contains("best of the run")));
    }

    @Test
    void aFamilyEndsWithATableForEachRun() {
        Cli cli = Cli.run(command(folder.resolve("family"), "--vary", "method=idc,mdc"));
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        for (String member : List.of("method-idc", "method-mdc")) {
            Path run = folder.resolve("family").resolve(member);
            assertTrue(cli.out().contains("during the run, " + run + ":\n"), cli::out);
            assertTrue(cli.err().contains("\n" + member + ": outer 3/3, "), cli::err);
        }
    }
}
