package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.published.NormalisedBy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
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
                "--normalised idx~ --normalised idx: must be cifar10, cifar100, svhn, imagenet10, mnist, fashion-mnist,"
                        + " or means/deviations, those of channels joined by commas, as in 0.1307/0.3081",
                "--normalised 0.5/0~ --normalised 0.5/0: standard deviation of channel 0 is 0.0, expected a number > 0",
                "--ipc 3~ unknown option --ipc (see mdc import --help)"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Path out = folder.resolve("out");
        Cli result = Cli.run(("import " + FILES + "list.pt --out " + out + " " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
        assertFalse(Files.exists(out));
    }

    @Test
    void helpNamesWhatPixelsMayBeNormalisedBy() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String help = Main.commandLine(new Console(nowhere, nowhere, false))
                .getSubcommands()
                .get("import")
                .getCommandSpec()
                .findOption("--normalised")
                .description()[0];
        assertTrue(help.contains(NormalisedBy.allowed()), help);
    }

    @Test
    void floatsFromZeroTo255AreRefusedAsBadData() throws IOException {
        Path file = folder.resolve("p_255.npz");
        float[] pixels = new float[10 * 3 * 32 * 32];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
        }
        new NumpyArchive()
                .put("images", NumpyArray.of(pixels, 10, 3, 32, 32))
                .put("labels", NumpyArray.of(new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10))
                .write(file);
        assertEquals(
                new Cli(
                        ExitCode.DATA,
                        "",
                        "mdc: " + file
                                + ": pixels are floats from 0.0 to 255.0, expected 0 to 1; they look like 0 to 255:"
                                + " divide by 255, or save as bytes (uint8)\n"),
                Cli.run("import", file.toString(), "--dataset=shapes", "--out=" + folder.resolve("out")));
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
