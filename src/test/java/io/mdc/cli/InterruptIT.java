package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on the real process, and what can be done afterwards. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptIT {
    private static final String[] LONGER = {"--outer=2", "--inner=16", "--factor=1", "--batch-real=4", "--n-data=8"};
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern SECONDS = Pattern.compile("\"seconds\":[^}]*");

    @TempDir
    private Path folder;

    @Test
    void interruptedAndResumedRunGivesTheBytesOfAnUninterruptedOne() throws Exception {
        Path whole = folder.resolve("whole");
        assertEquals(ExitCode.DONE, Cli.run(TinyCommand.condense(whole, LONGER)).code());

        Path halves = folder.resolve("halves");
        Path metrics = halves.resolve("metrics.jsonl");
        // The seventh inner loop is in the middle of the first outer loop.
        String err = interruptOnceLonger(metrics, 7, TinyCommand.condense(halves, LONGER));
        assertTrue(err.contains("continue with: mdc condense --resume --out " + halves), err);
        assertTrue(Files.exists(halves.resolve("checkpoint/state.npz")));
        assertFalse(Files.exists(halves.resolve("synthetic.npz")));
        assertEquals("interrupted", status(halves));
        int done = Files.readAllLines(metrics).size();
        assertTrue(done >= 7 && done < 32, done + " inner loops");

        Cli resumed = Cli.run("condense", "--resume", "--out", halves.toString());
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        assertEquals("finished", status(halves));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), halves.resolve("synthetic.npz")));
        assertEquals(-1, Files.mismatch(whole.resolve("mls.jsonl"), halves.resolve("mls.jsonl")));
        assertEquals(withoutTimes(whole), withoutTimes(halves));
    }

    @Test
    void interruptedEvaluationGoesOnWithWhatIsLeft() throws Exception {
        Path run = folder.resolve("run");
        String[] settings = {"--outer=0", "--ipc=1", "--factor=1", "--epochs=100", "--repeats=3", "--threads=1"};
        assertEquals(ExitCode.DONE, Cli.run(TinyCommand.condense(run, settings)).code());
        Path ledger = run.resolve("evaluation.trials.jsonl");
        // Its first line says what is evaluated.
        String err = interruptOnceLonger(ledger, 2, "evaluate", run.toString());
        assertTrue(err.contains("interrupted; the same command goes on with what is left"), err);
        assertFalse(Files.exists(run.resolve("evaluation.json")));
        String first = Files.readAllLines(ledger).get(1);

        Cli evaluated = Cli.run("evaluate", run.toString(), "--json");
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.err());
        assertEquals(first, Files.readAllLines(ledger).get(1), "not made again");
        assertEquals(4, Files.readAllLines(ledger).size());
        assertEquals(
                3,
                new ObjectMapper()
                        .readTree(evaluated.out())
                        .at("/results/0/last/runs")
                        .size());
    }

    @Test
    void anEvaluationDuringTheRunIsInterruptedAndGoesOnWithWhatIsLeft() throws Exception {
        String[] settings = {
            "--outer=2", "--ipc=1", "--factor=1", "--evaluate-every=1", "--epochs=100", "--repeats=3", "--threads=1"
        };
        Path run = folder.resolve("run");
        String err = interruptOnceLonger(run.resolve("course.trials.jsonl"), 2, TinyCommand.condense(run, settings));
        assertTrue(err.contains("continue with: mdc condense --resume --out " + run), err);
        assertEquals("interrupted", status(run));
        assertEquals(0, countLines(run.resolve("course.jsonl")));
        Cli resumed = Cli.run("condense", "--resume", "--out", run.toString());
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        assertEquals(2, countLines(run.resolve("course.jsonl")));
        assertFalse(Files.exists(run.resolve("course.trials.jsonl")));
    }

    @Test
    void nothingIsLeftOfImagesThatWereBeingDecoded() throws Exception {
        Path image = folder.resolve("large.png");
        ImageIO.write(new BufferedImage(2000, 2000, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        for (int i = 0; i < 200; i++) {
            Path copy = folder.resolve("photos/" + (i % 2 == 0 ? "cat/" : "dog/") + i + ".png");
            Files.createDirectories(copy.getParent());
            Files.copy(image, copy);
        }
        Path decoded = folder.resolve("cache/decoded");
        String[] settings = {
            "--dataset=folder", "--hold-out=2", "--size=8", "--data-dir=" + folder.resolve("photos"), "--threads=1"
        };
        try (JavaProcess process = JavaProcess.start(
                folder,
                Map.of("MDC_DATA_DIR", folder.resolve("cache").toString()),
                List.of(TinyCommand.condense(folder.resolve("run"), settings)))) {
            await(process, () -> size(decoded) > 0);
            interrupt(process);
        }
        assertEquals(0, decoded.toFile().list().length);
    }

    /** Starts the program, interrupts it once the file has that many lines, and returns its standard error. */
    private String interruptOnceLonger(Path file, int lines, String... args) throws Exception {
        try (JavaProcess process = JavaProcess.start(folder, Map.of(), List.of(args))) {
            await(process, () -> countLines(file) >= lines);
            return interrupt(process);
        }
    }

    private static void await(JavaProcess process, Callable<Boolean> moment) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!moment.call()) {
            assertTrue(process.alive(), "ended early: " + process.err());
            assertTrue(System.nanoTime() < deadline, "too slow: " + process.err());
            Thread.sleep(5);
        }
    }

    private static String interrupt(JavaProcess process) throws Exception {
        // A build in the background of a script has its children ignore Ctrl-C; a polite kill does the same here.
        boolean ignored = process.ignoresInterrupts();
        process.signal(ignored ? "TERM" : "INT");
        assertTrue(process.ends(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)), "does not end");
        Cli result = process.result();
        assertEquals(ignored ? 143 : ExitCode.INTERRUPTED, result.code(), result.err());
        assertEquals("", result.out());
        assertFalse(result.err().contains("\tat "), result.err());
        return result.err();
    }

    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }

    private static long countLines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static String status(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(run.resolve("manifest.json").toFile())
                .get("status")
                .asText();
    }

    private static String withoutTimes(Path run) throws IOException {
        return SECONDS.matcher(Files.readString(run.resolve("metrics.jsonl"))).replaceAll("");
    }
}
