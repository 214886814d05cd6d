package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.directory.NewRun;
import io.mdc.job.CondenseJob;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CondenseCommandTest {
    @TempDir
    private Path folder;

    @Test
    void withoutOptionsItTakesTheQuickstart() {
        assertConfig(ConfigReader.read(Presets.layer("quickstart")), "condense");
    }

    @Test
    void optionsAloneAreLaidOverTheQuickstart() {
        assertConfig(
                ConfigReader.read(Presets.layer("quickstart"), Layer.options(Map.of("method", "idc"))),
                "condense",
                "--method",
                "idc");
    }

    @Test
    void namedDataSetStartsFromTheDefaults() {
        assertConfig(
                ConfigReader.read(Layer.options(Map.of("dataset", "cifar10", "data-dir", "/data", "n-data", "500"))),
                "condense",
                "--dataset",
                "cifar10",
                "--data-dir",
                "/data",
                "--n-data=500");
    }

    @Test
    void optionsOverrideTheFileAndTheFileThePreset() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "ipc: 7\nwidth: 8\n");
        assertConfig(
                ConfigReader.read(Presets.layer("cifar10-ipc50"), Layer.options(Map.of("ipc", "7", "width", "16"))),
                "condense",
                "--preset=cifar10-ipc50",
                "--config=" + file,
                "--width=16");
    }

    @Test
    void switchesMayBeGivenWithAndWithoutValue() {
        assertTrue(configOf("--class-wise").subset().classWise());
        assertTrue(configOf("--class-wise", "--ipc", "3").subset().classWise());
        assertTrue(configOf("--class-wise=true").subset().classWise());
        assertEquals(false, configOf("--class-wise=false").subset().classWise());
    }

    @Test
    void printedConfigurationGivesTheSameRun() throws IOException {
        Cli printed = Cli.run("condense", "--print-config", "--ipc", "3", "--match", "conv,norm");
        Path file = Files.writeString(folder.resolve("config.yaml"), printed.out());
        assertEquals(printed, Cli.run("condense", "--print-config", "--config", file.toString()));
        Files.writeString(folder.resolve("manifest.json"), "{}");
        Cli cut = Cli.run("condense", "--print-config", "--config", file.toString());
        assertEquals(ExitCode.DATA, cut.code());
        assertTrue(cut.err().startsWith("mdc: " + file + ": cut off, its last line is not "), cut.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--ipc 0~ --ipc 0: must be a whole number from 1 to 10000",
                "--init mixed~ --init mixed: must be one of auto, mix, random, noise, kmeans," + " herding, k-center",
                "--method fast~ --method fast: must be one of mdc, idc, dream, dc, dsa, dm, dance, mtt",
                "--config missing.yaml~ missing.yaml: no such file",
                "--ipc 3 --ipc 4~ option --ipc must be given only once",
                "--ipc 5 --sizes 1-10~ --sizes 1-10: must not be larger than the images per class, which are 5",
                "--ipcc 5~ unknown option --ipcc; did you mean --ipc? (see mdc condense --help)",
                "--factr=3~ unknown option --factr=3; did you mean --factor? (see mdc condense --help)",
                "shapes~ unknown argument shapes (see mdc condense --help)",
                "--ipc~ missing required parameter for option '--ipc' (N) (see mdc condense --help)",
                "--class-wise=maybe~ invalid value for option '--class-wise': 'maybe' is not a boolean"
                        + " (see mdc condense --help)",
                "--class-wise --ipcc 5~ unknown option --ipcc; did you mean --ipc? (see mdc condense --help)",
                "--class-wise no~ --class-wise no: must be true or false (see mdc condense --help)",
                "--sizes 1-20000~ --sizes 1-20000: must be all, or sizes from 1 to 10000 and ranges, like 1-3,5,10",
                "--resume~ --resume: needs --out with the run to continue",
                "--vary seed=0-1 --out f~ --print-config: prints the settings of one run; leave out --vary, --also and"
                        + " --class-shard, and name one run of a family",
                "--also method=idc --out f~ --print-config: prints the settings of one run; leave out --vary, --also and"
                        + " --class-shard, and name one run of a family",
                "--class-shard 1/2 --out f~ --print-config: prints the settings of one run; leave out --vary, --also and"
                        + " --class-shard, and name one run of a family"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Cli result = Cli.run(("condense --print-config " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--vary none=1 --out f~ --vary none: there is no such setting, see mdc condense --help",
                "--also seed~ --also: needs --out with the directory for the runs",
                "--also seed --out f~ --also seed: must be NAME=VALUE,VALUE,…, such as ipc=1-10",
                "--vary seed=1 --also ipc=3-1 --out f~ --also ipc=3-1: 3-1 must be from a smaller number to a larger"
                        + " one, at most 10000 of them"
            })
    void theOptionThatNamesARunWrongIsNamed(String arguments, String message) {
        Cli result = Cli.run(("condense " + arguments).split(" "));
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: " + message + "\n"), result);
    }

    @Test
    void jobHasTheSettingsAndTheRunDirectory() {
        RunConfig config = ConfigReader.read(Presets.layer("quickstart"), Layer.options(Map.of("ipc", "3")));
        assertEquals(new CondenseJob(config, Optional.of(Path.of("run")), false), job("--ipc", "3", "--out", "run"));
        assertEquals(new CondenseJob(config, Optional.empty(), false), job("--ipc", "3"));
    }

    @Test
    void jobOfAResumedRunSaysSo() throws IOException {
        Path run = savedRun("ipc", "4");
        RunConfig config = ConfigReader.read(Presets.layer("quickstart"), Layer.options(Map.of("ipc", "4")));
        assertEquals(new CondenseJob(config, Optional.of(run), true), job("--resume", "--out", run.toString()));
    }

    private static CondenseJob job(String... options) {
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
        CondenseCommand command = new CondenseCommand(console);
        Main.subcommand(command).parseArgs(options);
        return command.job();
    }

    @Test
    void settingsThatMayNotBeMeantAreNoted() {
        Cli result = Cli.run("condense", "--print-config", "--period", "50");
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(result.err().startsWith("mdc: note: --period 50: with --outer "), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @Test
    void whatHasNoPartInTheMethodIsANote() throws IOException {
        String[] dm = {"condense", "--print-config", "--dataset=shapes", "--method=dm"};
        assertEquals(
                "mdc: note: --n-data 500: has no part in --method dm\n",
                Cli.run(Cli.join(dm, "--n-data=500")).err());
        Path file = Files.writeString(folder.resolve("my.yaml"), "n-data: 500\n");
        assertEquals("", Cli.run(Cli.join(dm, "--config=" + file)).err());
    }

    @Test
    void settingsOfARunGoForTheMethodThatIsAskedFor() throws IOException {
        Cli idc = Cli.run("condense", "--print-config", "--dataset=shapes", "--method=idc");
        Path file = Files.writeString(folder.resolve("idc.yaml"), idc.out());
        Cli dance = Cli.run("condense", "--print-config", "--config=" + file, "--method=dance");
        assertEquals(
                Cli.run("condense", "--print-config", "--dataset=shapes", "--method=dance")
                        .out(),
                dance.out());
        assertEquals(
                "mdc: note: " + file + ": is for --method idc; as published for --method dance: batch-real 128,"
                        + " lr-img 0.1\n",
                dance.err());
    }

    @Test
    void resumedRunKeepsItsSettings() throws IOException {
        Path run = savedRun("ipc", "4");
        String[] resume = {"condense", "--print-config", "--resume", "--out", run.toString()};
        assertEquals(
                Files.readString(run.resolve("config.yaml")).replaceAll("(?m)^# .*\n", ""),
                Cli.run(resume).out());
        assertEquals(
                "mdc: --ipc 5: differs from 4, with which " + run + " was begun\n",
                Cli.run(Cli.join(resume, "--ipc", "5")).err());
        assertEquals(ExitCode.USAGE, Cli.run(Cli.join(resume, "--ipc", "5")).code());
        assertEquals(ExitCode.DONE, Cli.run(Cli.join(resume, "--ipc", "4")).code());
    }

    @Test
    void resumedRunMayBeComputedInAnotherWay() {
        Path run = savedRun("threads", "1");
        Cli result = Cli.run("condense", "--print-config", "--resume", "--out", run.toString(), "--threads", "2");
        assertTrue(result.out().contains("threads: 2\n"), result.toString());
    }

    @Test
    void helpShowsEverySettingOfCondensingWithItsDefault() {
        String help = Cli.run("condense", "--help").out().replaceAll("\\s+", " ");
        Map<String, String> defaults = Settings.texts(ConfigReader.read());
        for (SettingInfo setting : Settings.of(RunConfig.class)) {
            if (!ConfiguredCommand.isOfCondensing(setting)) {
                continue;
            }
            String text = defaults.get(setting.key());
            assertTrue(help.contains(" --" + setting.key()), setting.key());
            assertTrue(help.contains(setting.description()), setting.key());
            // A long list may be broken over two lines.
            assertTrue(
                    help.replace(" ", "").contains("default:" + (text.isEmpty() ? "none" : text) + ")."),
                    setting.key());
        }
        assertTrue(help.contains("(1 to 10000; default: 10)"), help);
        assertTrue(help.contains("--init=auto|mix|random|noise|kmeans|herding|k-center"), help);
    }

    @Test
    void helpNamesEveryDataSet() {
        String help = Cli.run("condense", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("Data set ("), help);
    }

    private Path savedRun(String key, String value) {
        RunConfig config = ConfigReader.read(Presets.layer("quickstart"), Layer.options(Map.of(key, value)));
        return NewRun.create(folder.resolve("run"), config).path();
    }

    private RunConfig configOf(String... options) {
        try {
            String yaml = Cli.run(Cli.join(new String[] {"condense", "--print-config"}, options))
                    .out();
            return ConfigReader.read(Layer.file(Files.writeString(folder.resolve("printed.yaml"), yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertConfig(RunConfig expected, String... args) {
        assertEquals(new Cli(ExitCode.DONE, expected.toYaml(), ""), Cli.run(Cli.join(args, "--print-config")));
    }
}
