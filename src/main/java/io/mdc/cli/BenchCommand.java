package io.mdc.cli;

import io.mdc.bench.BenchReport;
import io.mdc.bench.Benchmark;
import io.mdc.config.ConfigException;
import io.mdc.config.ConfigReader;
import io.mdc.config.EngineConfig;
import io.mdc.config.LoopConfig;
import io.mdc.config.MatchingConfig;
import io.mdc.config.NetworkConfig;
import io.mdc.config.RunConfig;
import io.mdc.config.SyntheticConfig;
import io.mdc.report.Table;
import io.mdc.run.Engine;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the speed of this machine. */
@Command(
        name = "bench",
        description = "Measure seconds per class step, training step and inner loop, on noise of the real shapes.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class BenchCommand extends ConfiguredCommand {
    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each part is timed; the median is reported (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    BenchCommand(Console console) {
        super(
                console,
                List.of(
                        SyntheticConfig.class,
                        NetworkConfig.class,
                        LoopConfig.class,
                        MatchingConfig.class,
                        EngineConfig.class));
    }

    @Override
    public Integer call() {
        requirePositive("classes", classes);
        requirePositive("times", times);
        RunConfig config = ConfigReader.read(options());
        if (config.synthetic().ipc() < 2) {
            throw new ConfigException(
                    "ipc", config.synthetic().ipc(), "must be at least 2 to have a subset to measure");
        }
        try (Engine engine = Engine.start(config.engine())) {
            BenchReport report =
                    new Benchmark(config, classes, engine.backend(), engine.workers(), engine.chunk(), times).run();
            console().out().print(json ? Json.text(report) : text(report));
        }
        return ExitCode.DONE;
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new ConfigException(key, value, "must be a whole number of at least 1");
        }
    }

    private static String text(BenchReport report) {
        Table table = new Table("part", "seconds")
                .row("class step, idc", seconds(report.classStepIdc()))
                .row("class step, mdc (half of the images in the subset)", seconds(report.classStepMdc()))
                .row("training step", seconds(report.trainingStep()))
                .row("inner loop, idc", seconds(report.innerLoopIdc()))
                .row("inner loop, mdc", seconds(report.innerLoopMdc()));
        return report.config() + "\n" + table + "peak memory " + report.peakRssMib() + " MiB, matrix products "
                + Math.round(report.gemmGflops()) + " GFLOP/s\n";
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
