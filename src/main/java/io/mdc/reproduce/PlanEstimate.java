package io.mdc.reproduce;

import io.mdc.backend.Compute;
import io.mdc.bench.FamilyEstimate;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.evaluate.TrialProbe;
import io.mdc.network.NetworkChoice;
import io.mdc.report.Durations;
import io.mdc.report.Progress;
import io.mdc.run.Family;
import io.mdc.run.RunData;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is left of a plan will take on this machine, in one process.
 *
 * @param condensing of the runs that are not finished; empty if all are
 * @param trainings networks to train
 * @param seconds of evaluating
 */
record PlanEstimate(Optional<FamilyEstimate> condensing, long trainings, double seconds) {
    /**
     * Loads the data and does some of the steps.
     *
     * @param condense cells to condense
     * @param evaluate cells to evaluate
     * @param limit seconds for each kind of step of all runs
     */
    static PlanEstimate of(List<Cell> condense, List<Cell> evaluate, double limit, Progress progress) {
        Map<String, RunConfig> members = new LinkedHashMap<>();
        condense.forEach(cell -> members.put(cell.run().name(), cell.run().config()));
        Optional<FamilyEstimate> condensing =
                members.isEmpty() ? Optional.empty() : Optional.of(new Family(members).estimate(progress, limit));
        Map<String, TrialProbe> probes = new HashMap<>();
        long trainings = 0;
        double seconds = 0;
        for (Cell cell : evaluate) {
            RunConfig config = cell.run().config();
            try (Compute compute = Compute.start(config.compute())) {
                Dataset data = RunData.load(config, progress);
                int repeats = config.evaluation().repeats();
                for (NetworkChoice network : cell.networks()) {
                    TrialProbe probe = probes.computeIfAbsent(
                            config.data().dataset() + " " + network,
                            key -> TrialProbe.of(config.evaluating(), network, data, compute));
                    seconds += repeats
                            * seconds(cell, probe, data.classes())
                            / compute.workers().threads();
                    trainings += (long) repeats * cell.sizes().size();
                }
            }
        }
        return new PlanEstimate(condensing, trainings, seconds);
    }

    private static double seconds(Cell cell, TrialProbe probe, int classes) {
        int factor = cell.run().config().synthetic().factor();
        double seconds = 0;
        for (int size : cell.sizes()) {
            int perClass = size * factor * factor;
            seconds += probe.seconds(
                    (long) classes * perClass,
                    cell.run().config().evaluation().epochs().of(perClass));
        }
        return seconds;
    }

    /** In lines for people. */
    String lines() {
        String condense = condensing.map(FamilyEstimate::line).orElse("nothing to condense");
        String evaluate = trainings == 0
                ? "nothing to evaluate"
                : "evaluating should take " + Durations.text(Duration.ofMillis(Math.round(1000 * seconds))) + " ("
                        + trainings + " networks to train)";
        return condense + "\n" + evaluate + "\n";
    }
}
