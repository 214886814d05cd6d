package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.export.Format;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports read, and trained on, by the programs they are for. */
class ExportIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String READER = "src/test/resources/io/mdc/cli/read_exports.py";

    @TempDir
    private static Path folder;

    private static Path run;

    /** What a process printed. */
    private record Printed(int code, String text) {}

    @BeforeAll
    static void export() {
        run = folder.resolve("run");
        Cli condensed = Cli.run(TinyCommand.condense(run, "--outer=1"));
        assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        for (String format : TextForm.names(Format.class)) {
            Cli exported = Cli.run(
                    "export", run.toString(), "--size=all", "--format=" + format, "--out=" + out("set." + format));
            assertEquals(ExitCode.DONE, exported.code(), exported.toString());
            assertEquals("", exported.err());
        }
        Cli stored = Cli.run(
                "export", run.toString(), "--size=all", "--format=pt", "--images=stored", "--out=" + out("stored.pt"));
        assertEquals(
                "images     " + out("stored.pt") + "\ndata card  " + out("stored.pt.card.md") + "\nscript     "
                        + out("stored.pt.train.py") + "\n",
                stored.out());
    }

    private static Path out(String name) {
        return folder.resolve(name);
    }

    private static Printed python(String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "python", ".log");
        String[] command =
                Stream.concat(Stream.of(PYTHON), Arrays.stream(arguments)).toArray(String[]::new);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "python does not end");
        return new Printed(process.exitValue(), Files.readString(log));
    }

    private static void assumePython() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "skipped: there is no " + PYTHON);
        assumeTrue(
                python("-c", "import torch, numpy, PIL").code() == 0,
                "skipped: " + PYTHON + " lacks torch, numpy or PIL");
    }

    private static void readAll() throws IOException, InterruptedException {
        Printed read = python(READER, run.toString(), folder.toString(), Integer.toString(TinyCommand.IPC));
        assertEquals(new Printed(0, "all read\n"), read);
    }

    @Test
    void everyFormatHasTheTrainingImagesOfTheRun() throws IOException, InterruptedException {
        assumePython();
        readAll();
    }

    private static List<String> trained(Path script, String... more) throws IOException, InterruptedException {
        return trainedOn(out("test.npz"), script, more);
    }

    private static List<String> trainedOn(Path test, Path script, String... more)
            throws IOException, InterruptedException {
        Printed printed = python(Stream.concat(Stream.of(script.toString(), test.toString()), Arrays.stream(more))
                .toArray(String[]::new));
        assertEquals(0, printed.code(), printed.text());
        return printed.text().lines().toList();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theScriptOfEveryFormatLearns(Format format) throws IOException, InterruptedException {
        assumePython();
        readAll();
        String name = "set." + TextForm.kebab(format);
        Path script = format.writer().isDirectory() ? out(name).resolve("train.py") : out(name + ".train.py");
        List<String> lines = trained(script, "--epochs=60");
        assertEquals("80 training images, 60 epochs, 80 test images", lines.get(0));
        double accuracy = Double.parseDouble(lines.get(lines.size() - 1).replaceAll("accuracy (.*) %", "$1"));
        assertTrue(accuracy > 20, lines.toString()); // on its own training images, of which a tenth are of a class
    }

    @Test
    void storedImagesAndTrainingImagesTrainAlike() throws IOException, InterruptedException {
        assumePython();
        readAll();
        List<String> decoded = trained(out("set.pt.train.py"), "--size=1");
        assertEquals("40 training images, 2 epochs, 80 test images", decoded.get(0));
        assertEquals(decoded, trained(out("stored.pt.train.py"), "--size=1"));
        assertEquals(decoded, trainedOn(folder, out("stored.pt.train.py"), "--size=1"), "a directory with test.npz");
    }
}
