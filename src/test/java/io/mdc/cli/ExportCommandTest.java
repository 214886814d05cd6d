package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.directory.NewRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--size 1 --format pt~ missing required option: '--out=PATH' (see mdc export --help)",
                "--size 0 --format pt --out o~ --size 0: must be all, or a whole number from 1",
                "--size 1 --format zip --out o~ --format zip: must be one of npz, npy, pt, cifar-binary, folder",
                "--size 1 --format pt --images real --out o~ --images real: must be one of training, stored"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Path run = folder.resolve("run");
        NewRun.create(run, ConfigReader.read(Presets.layer("quickstart")));
        Cli result = Cli.run(("export " + run + " " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
    }

    @Test
    void aRunThatIsNotFinishedIsOneLineAndCodeThree() {
        Path run = folder.resolve("run");
        NewRun.create(run, ConfigReader.read(Presets.layer("quickstart")));
        Cli result = Cli.run("export", run.toString(), "--size=1", "--format=pt", "--out=" + folder.resolve("o.pt"));
        assertEquals(
                new Cli(
                        ExitCode.DATA,
                        "",
                        "mdc: " + run + ": the run is not finished; mdc condense --resume --out " + run
                                + " finishes it\n"),
                result);
    }
}
