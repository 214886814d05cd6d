package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.directory.NewRun;
import io.mdc.setting.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--by fast --out out~ --by fast: must be one of lbpe, el2n, random",
                "--by lbpe~ missing required option: '--out=RUN' (see mdc order --help)",
                "--out out --epochs-order 3~ --epochs-lbpe 10: must not be larger than --epochs-order, which is 3",
                "--out out --by random --networks-order 5~ --networks-order 5: is not used by --by random; leave it out",
                "--out out --by random --lr-order 3 --epochs-order 50~ --epochs-order 50: is not used by --by random; leave"
                        + " it out",
                "--out out --by el2n --epochs-order 5~ --epochs-order 5: is not used by --by el2n; leave it out",
                "--out out --epochs-el2n 5~ --epochs-el2n 5: is not used by --by lbpe; leave it out",
                "--out out --networks-order 0~ --networks-order 0: must be a whole number from 1 to 1000",
                "--out out --ipc 3~ unknown option --ipc (see mdc order --help)"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Path run = folder.resolve("run");
        NewRun.create(run, ConfigReader.read(Presets.layer("quickstart")));
        Cli result = Cli.run(("order " + run + " " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
    }

    @Test
    void helpShowsEverySettingOfOrderingWithItsDefault() {
        String help = Cli.run("order", "--help").out().replaceAll("\\s+", "");
        Map<String, String> defaults = Settings.texts(ConfigReader.read().order());
        defaults.forEach((key, text) -> {
            assertTrue(help.contains("--" + key + "="), key);
            assertTrue(help.contains("default:therun's,usually" + text + ")."), key);
        });
        assertEquals(9, defaults.size());
    }

    @Test
    void condensingDoesNotTakeTheSettingsOfOrdering() {
        Cli result = Cli.run("condense", "--print-config", "--epochs-order", "3");
        assertEquals(ExitCode.USAGE, result.code());
    }
}
