package io.mdc.cli;

import io.mdc.backend.Compute;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.Json;
import io.mdc.bench.BenchReport;
import io.mdc.bench.Benchmark;
import io.mdc.bench.Timing;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.matching.MatchingConfig;
import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.network.NetworkConfig;
import io.mdc.report.Table;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.subset.SubsetConfig;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.task.LoopConfig;
import io.mdc.task.SubsetLoss;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the speed of this machine. */
@Command(
        name = "bench",
        description =
                "Measure seconds per class step, training step and inner loop, and where they go, on noise of real shapes.",
        footer = {"", "Example: mdc bench --width 32 --threads 2"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class BenchCommand extends ConfiguredCommand {
    private static final String MDC = TextForm.format(Method.MDC);
    private static final int MOST_CLASSES = 1000;
    private static final int MOST_TIMES = 100_000;
    private static final int MOST_CORES = 4096;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of classes (1 to " + MOST_CLASSES + "; default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--batch", paramLabel = "N", description = "The same as --batch-real.")
    private String batch;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each part is timed; the median is reported (1 to " + MOST_TIMES
                    + "; default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description = "Say how many of N cores each part would keep busy, by its items' times on one thread (1 to "
                    + MOST_CORES + ").")
    private Integer cores;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    BenchCommand(Console console) {
        super(
                console,
                Set.of(
                        SyntheticConfig.class,
                        NetworkConfig.class,
                        LoopConfig.class,
                        MatchingConfig.class,
                        MethodConfig.class,
                        SubsetConfig.class,
                        ComputeConfig.class));
    }

    @Override
    public Integer call() {
        requireUpTo(MOST_CLASSES, "classes", classes);
        requireUpTo(MOST_TIMES, "times", times);
        if (cores != null) {
            requireUpTo(MOST_CORES, "cores", cores);
        }
        RunConfig config = ConfigReader.read(given());
        if (config.synthetic().ipc() < 2) {
            throw new ConfigException(
                    "ipc", config.synthetic().ipc(), "must be at least 2 to have a subset to measure");
        }
        try (Compute engine = Compute.start(config.compute())) {
            BenchReport report = new Benchmark(
                            config,
                            classes,
                            engine.backend(),
                            engine.workers().threads(),
                            engine.chunk(),
                            times,
                            cores == null ? OptionalInt.empty() : OptionalInt.of(cores))
                    .run();
            console().out().print(json ? Json.text(report) : text(report));
        }
        return ExitCode.DONE;
    }

    private Layer given() {
        if (batch == null) {
            return options();
        }
        Map<String, String> values = new HashMap<>(options().values());
        if (values.put(Settings.key(MatchingConfig.class, "batchReal"), batch) != null) {
            throw new ConfigException("--batch: is the same as --batch-real; give one of them");
        }
        return new Layer("", values);
    }

    private static void requireUpTo(int most, String key, int value) {
        if (value < 1 || value > most) {
            throw new ConfigException(key, value, "must be a whole number from 1 to " + most);
        }
    }

    private static String text(BenchReport report) {
        Table table = new Table("part", "seconds", "least", "most");
        Object method = report.config().get("method");
        String plain = method.equals(MDC) ? "idc" : method.toString();
        String whole = method.equals(MDC) ? MDC : method + " with a loss on prefixes";
        boolean loss = !report.config().get("subset").equals(TextForm.format(SubsetLoss.NONE));
        add(table, "class step, " + plain, report.spread().get("class_step_idc_s"));
        if (loss) {
            add(
                    table,
                    "class step, " + whole + " (half of the images in the subset, or the loss of --subset)",
                    report.spread().get("class_step_mdc_s"));
        }
        add(table, "training step", report.spread().get("training_step_s"));
        add(table, "inner loop, " + plain, report.spread().get("inner_loop_idc_s"));
        if (loss) {
            add(table, "inner loop, " + whole, report.spread().get("inner_loop_mdc_s"));
        }
        Table phases = new Table("phase of an inner loop", "seconds", "share", "GFLOP/s");
        report.phases()
                .forEach((name, time) -> phases.row(
                        name,
                        seconds(time.seconds()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * time.share()),
                        time.gflops() == null ? "" : String.valueOf(Math.round(time.gflops()))));
        return report.config() + "\n" + table + phases + busy(report) + device(report) + "peak memory "
                + report.peakRssMib() + " MiB, matrix products " + Math.round(report.gemmGflops()) + " GFLOP/s\n";
    }

    private static String busy(BenchReport report) {
        if (report.busy().isEmpty()) {
            return "";
        }
        Table table = new Table("part", "busy of " + report.config().get("cores") + " cores");
        report.busy()
                .forEach((name, found) -> table.row(name.replace('_', ' '), String.format(Locale.ROOT, "%.1f", found)));
        return table.toString();
    }

    private static String device(BenchReport report) {
        if (report.device().isEmpty()) {
            return "";
        }
        Table table = new Table("part", "launches", "copies", "allocations", "read-backs");
        report.device()
                .forEach((name, asked) -> table.row(
                        name.replace('_', ' '),
                        Long.toString(asked.launches()),
                        Long.toString(asked.copies()),
                        Long.toString(asked.allocations()),
                        Long.toString(asked.reads())));
        return table.toString();
    }

    private static void add(Table table, String part, Timing timing) {
        table.row(part, seconds(timing.median()), seconds(timing.least()), seconds(timing.most()));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
