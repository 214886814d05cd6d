package io.mdc.cli;

import io.mdc.base.Json;
import io.mdc.bench.Estimator;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.Forecast;
import io.mdc.family.Family;
import io.mdc.job.EstimateJob;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts what a condensation would take. */
@Command(
        name = "estimate",
        description =
                "Predict time and memory of a condensation on this machine, and the time of its evaluations, from a"
                        + " few of their steps; takes the settings of condense.",
        footer = {"", "Example: mdc estimate --preset cifar10-ipc10 --threads 8"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class EstimateCommand extends ConfiguredCommand {
    @Mixin
    private ConfigSources sources;

    @Mixin
    private FamilyOptions family;

    @Option(
            names = "--" + ShardOptions.SHARD,
            paramLabel = "k/n",
            description = "Only what one of n shards takes, as in condense, without waiting for the others.")
    private String shard;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    EstimateCommand(Console console) {
        super(console, ConfiguredCommand::isOfCondensing);
    }

    @Override
    public Integer call() {
        Share classes = Optional.ofNullable(shard)
                .map(text -> Share.parse(ShardOptions.SHARD, text))
                .orElse(Share.ALL);
        if (family.given() && shard != null) {
            throw new ConfigException("--" + ShardOptions.SHARD + " " + shard + ": not with " + family.name());
        }
        Forecast<?> forecast;
        try (Progress progress = console().progress()) {
            forecast = family.given()
                    ? Family.of(family.combinations(), sources.layers(options(), console()::note), console()::note)
                            .estimate(EvaluationEstimator.ofWholeRuns(), Estimator.LONG, progress)
                    : new EstimateJob(sources.read(options(), console()::note), classes).run(progress);
        }
        console().out().print(json ? Json.text(forecast) : String.join("\n", forecast.lines()) + "\n");
        return ExitCode.DONE;
    }
}
