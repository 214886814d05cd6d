package io.mdc.family;

import io.mdc.backend.Compute;
import io.mdc.bench.Estimator;
import io.mdc.bench.EvaluationEstimate;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.FamilyEstimate;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.step.Parameter;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.run.RunData;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of a family that can share θ.
 *
 * @param members settings by name, at least one, in the order they were given; copied
 */
public record FamilyGroup(Map<String, RunConfig> members) {
    /** What a checkpoint holds for every value of an image or a parameter: it and its velocity, as floats. */
    private static final long BYTES_OF_STATE = 8;

    /** The states at the time when one more is written than is kept. */
    private static final int STATES = 3;

    /** A float and a byte for every value. */
    private static final long BYTES_OF_RESULT = 5;

    /** A line of the log of inner loops. */
    private static final long BYTES_OF_LINE = 200;

    /** Settings, the other logs and the picture. */
    private static final long BYTES_BESIDES = 1 << 20;

    /** Copies the map. */
    public FamilyGroup {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * A group's data, and what runs its network.
     *
     * @param data of all its runs
     * @param runner computes for them in turn
     */
    public record Ready(Dataset data, ChunkedGraph runner) {}

    /** Settings of the first, which are those of all where they concern θ. */
    RunConfig first() {
        return members.values().iterator().next();
    }

    /** The names of its runs. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /**
     * Loads the data and checks that every run goes with them.
     *
     * @throws io.mdc.setting.ConfigException if one does not
     * @throws io.mdc.base.DataException if they are missing or damaged, or have too few images
     */
    public Ready prepare(Compute compute, Progress progress) {
        Dataset data = RunData.toCondense(first(), progress);
        for (RunConfig config : members.values()) {
            config.requireFits(data.train().height(), data.train().channels());
            config.requireEnough(data);
            CondenseRun.requireMeasurable(config, data, compute);
        }
        ChunkedGraph runner = CondenseRun.runner(first(), data, compute);
        for (RunConfig config : members.values()) {
            config.base().checkNetwork(config.matching(), runner.graph());
            CondenseRun.requirePrepared(config, data, runner);
        }
        return new Ready(data, runner);
    }

    /** What it will take. */
    FamilyEstimate estimate(Ready ready, double limit) {
        return Estimator.measure(List.copyOf(members.values()), ready.data(), ready.runner(), limit);
    }

    /** A first idea of it, for which {@code share} of the time is used that one group may take. */
    FamilyEstimate firstIdea(Ready ready, double share) {
        return Estimator.firstIdea(List.copyOf(members.values()), ready.data(), ready.runner(), share);
    }

    /** What evaluations of its runs will take. */
    EvaluationEstimate evaluating(EvaluationEstimator estimator, Ready ready, Compute compute) {
        return members.values().stream()
                .map(config -> estimator.of(config, ready.data(), compute))
                .reduce(EvaluationEstimate.NONE, EvaluationEstimate::and);
    }

    /** Bytes of all files that its runs write. */
    long bytes(Ready ready) {
        int[] image = ready.runner().graph().imageShape();
        long pixels = (long) ready.data().classes() * image[0] * image[1] * image[2];
        long parameters = ready.runner().graph().parameters().stream()
                .mapToLong(Parameter::size)
                .sum();
        return members.values().stream()
                .mapToLong(config -> bytes(config, config.synthetic().ipc() * pixels, parameters))
                .sum();
    }

    /** Bytes of what is made before the first loops and is not there yet, by where it is kept. */
    Map<Path, Long> preparations(Ready ready) {
        Map<Path, Long> bytes = new HashMap<>();
        for (RunConfig config : members.values()) {
            CondenseRun.preparation(config, ready.data(), ready.runner())
                    .ifPresent(made -> bytes.merge(made.folder(), made.bytes(), Math::max));
        }
        return bytes;
    }

    private static long bytes(RunConfig config, long values, long parameters) {
        int bestSets = config.evaluation().evaluateEvery() > 0
                ? config.evaluation().sizes().resolve(config.synthetic().ipc()).size()
                : 0;
        return STATES * BYTES_OF_STATE * (values + parameters)
                + BYTES_OF_RESULT * values * (1 + bestSets)
                + BYTES_OF_LINE * config.loop().steps()
                + BYTES_BESIDES;
    }
}
