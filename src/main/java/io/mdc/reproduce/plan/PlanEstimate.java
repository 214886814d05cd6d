package io.mdc.reproduce.plan;

import io.mdc.backend.Compute;
import io.mdc.bench.EvaluationEstimate;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.FamilyEstimate;
import io.mdc.bench.Forecast;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.family.Family;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import java.util.List;
import java.util.Map;

/**
 * What is left of a plan will take on this machine, in one process.
 *
 * @param condensing of the runs that are not finished
 * @param evaluating of those that are not evaluated, and on the way of those that are not finished
 */
public record PlanEstimate(FamilyEstimate condensing, EvaluationEstimate evaluating) {
    /**
     * Loads the data and does some of the steps.
     *
     * @param condense the settings of runs to condense, for what is left of them, by name
     * @param evaluate cells to evaluate
     * @param limit seconds for each kind of step of all runs
     */
    public static PlanEstimate of(
            Map<String, RunConfig> condense, List<Cell> evaluate, double limit, Progress progress) {
        EvaluationEstimator evaluations = EvaluationEstimator.onTheWay();
        Forecast<FamilyEstimate> runs = new Family(condense).estimate(evaluations, limit, progress);
        EvaluationEstimate evaluating = runs.evaluating();
        for (Cell cell : evaluate) {
            RunConfig config = cell.run().config();
            try (Compute compute = Compute.start(config.compute())) {
                Dataset data = RunData.load(config, progress);
                evaluating = evaluating.and(evaluations.once(config, cell.networks(), cell.sizes(), data, compute));
            }
        }
        return new PlanEstimate(runs.condensing(), evaluating);
    }

    /** In lines for people. */
    public String lines() {
        return (condensing.runs() == 0 ? "nothing to condense" : condensing.line()) + "\n" + evaluating.line() + "\n";
    }
}
