package io.mdc.bench;

import io.mdc.condense.LoopProbe;
import io.mdc.config.Method;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.network.ChunkedGraph;

/**
 * Predicts time and memory of a run by doing a few of its steps on its own data.
 *
 * <p>The shortest of the steps of each kind counts, as the first are slowed down by the JIT; the rest of a run of some
 * minutes is still up to a third faster. Memory is what the process took by then: every array of a run is used in its
 * first steps. The runner keeps its arrays for the run that follows, whose results do not depend on them.
 */
public final class Estimator {
    private static final double MOST_SECONDS = 1.5;
    private static final int MOST_STEPS = 24;

    private Estimator() {}

    /** Measures for about two seconds, or for one step of each kind where that takes longer. */
    public static Estimate measure(RunConfig config, Dataset data, ChunkedGraph runner) {
        LoopProbe probe = new LoopProbe(config, data, runner);
        boolean subset =
                config.subset().method() == Method.MDC && config.synthetic().ipc() > 1;
        double classStep = fast(() -> probe.classStep(subset));
        double trainingStep = probe.trainingSteps() == 0 ? 0 : fast(probe::trainOnce);
        double innerLoop = data.classes() * classStep + probe.trainingSteps() * trainingStep;
        int batch = config.loop().batchTrain();
        long warmUps = (long) config.loop().warmUp() * ((data.train().size() + batch - 1) / batch);
        double warmUp = warmUps == 0 ? 0 : warmUps * (trainingStep > 0 ? trainingStep : fast(probe::trainOnce));
        long loops = config.loop().steps();
        double seconds = loops * innerLoop + config.loop().outer() * warmUp;
        return new Estimate(innerLoop, warmUp, loops, seconds, Memory.peakMib());
    }

    /** The shortest of a few times. */
    private static double fast(Runnable step) {
        double least = Double.POSITIVE_INFINITY;
        double total = 0;
        for (int i = 0; i < MOST_STEPS && total < MOST_SECONDS; i++) {
            long start = System.nanoTime();
            step.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            least = Math.min(least, seconds);
            total += seconds;
        }
        return least;
    }
}
