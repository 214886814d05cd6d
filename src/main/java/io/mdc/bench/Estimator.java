package io.mdc.bench;

import io.mdc.condense.CondenseTask;
import io.mdc.condense.LoopProbe;
import io.mdc.condense.SubsetLoss;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;

/**
 * Predicts time and memory of a run by doing a few of its steps on its own data.
 *
 * <p>A choice of real images is measured once, on one class. The shortest of the steps of each kind counts, as the
 * first are slowed down by the JIT: a short measurement errs to the long side. Memory is what the process took by then:
 * every array of a run is used in its first steps. The runner keeps its arrays for the run that follows, whose results
 * do not depend on them.
 */
public final class Estimator {
    /** Seconds for each kind of step that give a first idea, and those that give a good one. */
    public static final double SHORT = 1.5;

    /** {@link #SHORT}, for when the estimate is all that is wanted. */
    public static final double LONG = 8;

    private static final int FEWEST_STEPS = 2;
    private static final int MOST_STEPS_PER_SECOND = 16;

    private Estimator() {}

    /**
     * Measures for at most {@code limit} seconds for each kind of step, or two steps where that takes longer. Training
     * comes first: its steps are short and let the JIT compile most of what matching needs too.
     */
    public static Estimate measure(RunConfig config, Dataset data, ChunkedGraph runner, double limit) {
        LoopProbe probe = new LoopProbe(new CondenseTask(config.condensing(), data, runner));
        boolean subset = config.condensing().subsetLoss() != SubsetLoss.NONE;
        double trainingStep = fast(probe::trainOnce, limit);
        double classStep = fast(() -> probe.imageStep(subset), limit);
        double innerLoop = probe.imageSteps() * classStep + probe.trainingSteps() * trainingStep;
        if (probe.choosingSteps() > 0) {
            double choice = seconds(() -> probe.choosingStep(subset)) - classStep;
            innerLoop += probe.choosingSteps() * Math.max(0, choice);
        }
        double warmUp = probe.warmUpBatches() * trainingStep;
        double selection = 0;
        long selections = probe.trainedSelections();
        if (selections > 0) {
            selection = probe.prefixSamples() * fast(probe::samplePrefixes, limit);
        }
        long loops = config.loop().steps();
        double seconds = loops * innerLoop + config.loop().outer() * warmUp + selections * selection;
        return new Estimate(innerLoop, warmUp, selection, loops, seconds, Memory.expectedMib());
    }

    /** The shortest of a few times. */
    private static double fast(Runnable step, double limit) {
        double least = Double.POSITIVE_INFINITY;
        double total = 0;
        for (int i = 0; i < FEWEST_STEPS || (i < MOST_STEPS_PER_SECOND * limit && total < limit); i++) {
            double seconds = seconds(step);
            least = Math.min(least, seconds);
            total += seconds;
        }
        return least;
    }

    private static double seconds(Runnable step) {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
