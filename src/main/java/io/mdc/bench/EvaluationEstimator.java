package io.mdc.bench;

import io.mdc.backend.Compute;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.evaluate.TrialProbe;
import io.mdc.network.NetworkChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the time of evaluations by training each kind of network for an epoch on a few images, and measuring it on a
 * few; what was measured is kept for the evaluations of other runs.
 */
public final class EvaluationEstimator {
    private final Map<Kind, TrialProbe> probes = new HashMap<>();
    private final boolean atEnd;

    /** What the times depend on; the seed is that of none. */
    private record Kind(DataConfig data, NetworkChoice network, EvaluationSettings settings) {}

    private EvaluationEstimator(boolean atEnd) {
        this.atEnd = atEnd;
    }

    /** One for the evaluations of runs on their way ({@code --evaluate-every}). */
    public static EvaluationEstimator onTheWay() {
        return new EvaluationEstimator(false);
    }

    /**
     * One for the evaluations of runs on their way, and at their end where they ask for it ({@code --evaluate}); both
     * are one where they fall together.
     */
    public static EvaluationEstimator ofWholeRuns() {
        return new EvaluationEstimator(true);
    }

    /**
     * All evaluations of a run.
     *
     * @param data of the run
     * @throws io.mdc.setting.ConfigException if a network cannot be trained
     */
    public EvaluationEstimate of(RunConfig config, Dataset data, Compute compute) {
        int every = config.evaluation().evaluateEvery();
        int outer = config.loop().outer();
        int points = every == 0 ? 0 : (outer + every - 1) / every;
        int count = points == 0 && atEnd && config.evaluation().evaluate() ? 1 : points;
        if (count == 0) {
            return EvaluationEstimate.NONE;
        }
        List<Integer> sizes =
                config.evaluation().sizes().resolve(config.synthetic().ipc());
        return once(config, config.evaluating().networks(), sizes, data, compute)
                .times(count);
    }

    /**
     * One evaluation of a run.
     *
     * @param networks trained on the prefixes
     * @param sizes of the prefixes
     * @param data of the run
     * @throws io.mdc.setting.ConfigException if a network cannot be trained
     */
    public EvaluationEstimate once(
            RunConfig config, List<NetworkChoice> networks, List<Integer> sizes, Dataset data, Compute compute) {
        EvaluationConfig evaluation = config.evaluation();
        int tiles = config.synthetic().factor() * config.synthetic().factor();
        double seconds = 0;
        double longest = 0;
        for (NetworkChoice network : networks) {
            TrialProbe probe = probe(config, network, data, compute);
            for (int size : sizes) {
                int perClass = size * tiles;
                double one = probe.seconds(
                        (long) data.classes() * perClass, evaluation.epochs().of(perClass));
                seconds += one;
                longest = Math.max(longest, one);
            }
        }
        long trials = (long) evaluation.repeats() * networks.size() * sizes.size();
        int threads =
                compute.backend().memory().isOfDevice() ? 1 : compute.workers().threads();
        return new EvaluationEstimate(
                trials, evaluation.repeats() * seconds / threads, longest / Math.max(1, threads / trials));
    }

    private TrialProbe probe(RunConfig config, NetworkChoice network, Dataset data, Compute compute) {
        EvaluationSettings settings =
                new EvaluationSettings(config.evaluation(), config.network(), config.training(), 0);
        return probes.computeIfAbsent(
                new Kind(config.data(), network, settings),
                kind -> TrialProbe.of(kind.settings(), kind.network(), data, compute));
    }
}
