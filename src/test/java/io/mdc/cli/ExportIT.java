package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.base.Json;
import io.mdc.export.Format;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports read, and trained on, by the programs they are for. */
class ExportIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String READER = "src/test/resources/io/mdc/cli/read_exports.py";

    private static final String VALUES = "needed are integers from 0 to 255 or floats from 0 to 1";

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

    /** Test images made of those in test.npz, by an expression of Python each. */
    private static Path test(String name, String images, String labels) throws IOException, InterruptedException {
        Path place = out(name);
        String make = "import numpy as np; z = np.load(%s); images, labels = z['images'], z['labels'];"
                + " np.savez(%s, images=%s, labels=%s)";
        assertEquals(
                new Printed(0, ""),
                python(
                        "-c",
                        make.formatted(
                                Json.line(out("test.npz").toString()), Json.line(place.toString()), images, labels)));
        return place;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "images.astype('int64') ~ labels",
                "images.astype('>u2') ~ labels.reshape(-1, 1)",
                "np.float32(images) / 255 ~ labels.astype('>f4')"
            })
    void whatMeansTheSameTestsTheSame(String images, String labels) throws IOException, InterruptedException {
        assumePython();
        readAll();
        Path script = out("set.pt.train.py");
        assertEquals(
                trained(script, "--size=1"), trainedOn(test("same.npz", images, labels), script, "--size=1"), images);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "images.transpose(0, 2, 3, 1) ~ labels ~ images [80, 32, 32, 3], needed are [n, 3, 32, 32]",
                "images[:0] ~ labels[:0] ~ images [0, 3, 32, 32], needed are [n, 3, 32, 32]",
                "images ~ np.eye(10)[labels] ~ labels [80, 10] of 80 images, needed is a number for each",
                "images ~ labels + 1 ~ labels from 1 to 10, needed are whole numbers from 0 to 9",
                "images ~ labels + 0.5 ~ labels from 0.5 to 9.5, needed are whole numbers from 0 to 9",
                "images ~ labels.astype(str) ~ labels of <U21, needed are whole numbers from 0 to 9",
                "np.full(images.shape, 2.5) ~ labels ~ images of float64 from 2.5 to 2.5, " + VALUES,
                "np.full(images.shape, -3) ~ labels ~ images of int64 from -3 to -3, " + VALUES,
                "np.full(images.shape, np.nan) ~ labels ~ images of float64 from nan to nan, " + VALUES,
                "images.astype(str) ~ labels ~ images of <U3, " + VALUES
            })
    void testImagesOfAnotherKindAreRefusedInOneLine(String images, String labels, String reason)
            throws IOException, InterruptedException {
        assumePython();
        readAll();
        Path place = test("other.npz", images, labels);
        assertEquals(refusal(place, reason), python(out("set.pt.train.py").toString(), place.toString()));
    }

    private static Printed refusal(Path place, String reason) {
        return new Printed(
                1,
                place + ": " + reason
                        + "; `mdc data save` makes a test.npz of any data set, which this script reads\n");
    }

    @Test
    void placesThatOnlyMdcReadsAreRefusedInOneLine() throws IOException, InterruptedException {
        assumePython();
        Path script = out("set.pt.train.py");
        Path medical = out("medical.npz");
        new NumpyArchive().put("test_images", NumpyArray.of(new long[1], 1)).write(medical);
        Printed printed = python(script.toString(), medical.toString());
        assertTrue(printed.text().startsWith(medical + ": cannot be read as test images (KeyError: "), printed.text());
        assertEquals(1, printed.text().lines().count(), printed.text());
        Path digits = Files.writeString(out("t10k-images-idx3-ubyte"), "digits");
        Printed unread = python(script.toString(), digits.toString());
        assertTrue(unread.text().startsWith(digits + ": cannot be read as test images ("), unread.text());
        assertEquals(1, unread.text().lines().count(), unread.text());
        assertEquals(
                refusal(run, "no .npz file, and no directory with test.npz or CIFAR-10's test_batch or test_batch.bin"),
                python(script.toString(), run.toString()));
    }
}
