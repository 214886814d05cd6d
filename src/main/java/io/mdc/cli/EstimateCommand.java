package io.mdc.cli;

import io.mdc.backend.Compute;
import io.mdc.base.Json;
import io.mdc.bench.Estimate;
import io.mdc.bench.Estimator;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.report.Durations;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.synthetic.Initialization;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts what a condensation would take. */
@Command(
        name = "estimate",
        description =
                "Predict time and memory of a condensation on this machine from a few of its steps; takes the settings of"
                        + " condense.",
        abbreviateSynopsis = true,
        sortOptions = false)
final class EstimateCommand extends ConfiguredCommand {
    @Mixin
    private ConfigSources sources;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    EstimateCommand(Console console) {
        super(console, setting -> true);
    }

    @Override
    public Integer call() throws Exception {
        RunConfig config = sources.read(options());
        Progress progress = console().progress();
        Estimate estimate;
        try (progress;
                Compute engine = Compute.start(config.compute())) {
            Dataset data = RunJobs.load(config, progress);
            Initialization.requireEnough(config.synthetic(), data.train());
            estimate = Estimator.measure(config, data, CondenseRun.runner(config, data, engine), Estimator.LONG);
        }
        console().out().print(json ? Json.text(estimate) : line(estimate) + "\n");
        return ExitCode.DONE;
    }

    /** An estimate as one line. */
    static String line(Estimate estimate) {
        String memory = estimate.peakMib() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f GiB of memory", estimate.peakMib() / 1024.0);
        return String.format(
                Locale.ROOT,
                "condensing should take %s (%d inner loops of %.3g s)%s",
                Durations.text(Duration.ofMillis(Math.round(estimate.seconds() * 1000))),
                estimate.loops(),
                estimate.innerLoop(),
                memory);
    }
}
