package io.mdc.bench;

import io.mdc.condense.LoopProbe;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.setting.Share;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseTask;
import io.mdc.task.LoopConfig;
import io.mdc.task.Sharing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    private static final double SHORT = 1.5;

    /** {@link #SHORT}, for when the estimate is all that is wanted. */
    public static final double LONG = 8;

    private static final int FEWEST_STEPS = 2;
    private static final int MOST_STEPS_PER_SECOND = 16;

    /** Runs that take fewer seconds are not worth a better estimate. */
    private static final double SOON = 20;

    private Estimator() {}

    /** A first idea of what a run will take, at once if that is little. */
    public static Estimate firstIdea(RunConfig config, Dataset data, ChunkedGraph runner) {
        return firstIdea(config, data, runner, Share.ALL);
    }

    /** A first idea of what some classes of a run will take, without waiting for others; at once if that is little. */
    public static Estimate firstIdea(RunConfig config, Dataset data, ChunkedGraph runner, Share classes) {
        Estimate fewSteps = measure(config, data, runner, classes, 0);
        return fewSteps.seconds() < SOON ? fewSteps : measure(config, data, runner, classes, SHORT);
    }

    /**
     * A first idea of what runs that share θ will take, at once if that is little.
     *
     * @param share of the time that measuring may take
     */
    public static FamilyEstimate firstIdea(List<RunConfig> group, Dataset data, ChunkedGraph runner, double share) {
        FamilyEstimate fewSteps = measure(group, data, runner, 0);
        return fewSteps.alone() < SOON ? fewSteps : measure(group, data, runner, SHORT * share);
    }

    /**
     * Measures for at most {@code limit} seconds for each kind of step, or two steps where that takes longer. Training
     * comes first: its steps are short and let the JIT compile most of what matching needs too.
     *
     * @param classes that are condensed
     */
    public static Estimate measure(RunConfig config, Dataset data, ChunkedGraph runner, Share classes, double limit) {
        CondenseTask task = new CondenseTask(config.condensing(), data, runner);
        LoopProbe probe = new LoopProbe(config.base(), task.of(new ClassShard(classes, Optional.empty())));
        double trainingStep = fast(probe::trainOnce, limit);
        return estimate(
                config.loop(),
                probe,
                trainingStep,
                imageSeconds(List.of(probe), limit),
                selection(probe, limit),
                preparation(probe, limit));
    }

    /**
     * Measures runs that share θ, and what they would take alone, for at most {@code limit} seconds for each kind of
     * step of all of them together, or two steps of each where that takes longer.
     *
     * @param group settings; of all the same data, network, loops, training and seed
     */
    public static FamilyEstimate measure(List<RunConfig> group, Dataset data, ChunkedGraph runner, double limit) {
        List<LoopProbe> together = probes(group, data, runner, new Sharing());
        LoopProbe first = together.get(0);
        double trainingStep = fast(first::trainOnce, limit);
        double images = imageSeconds(together, limit / 2);
        List<List<LoopProbe>> alone = group.stream()
                .map(config -> probes(List.of(config), data, runner, new Sharing()))
                .toList();
        double[] imagesAlone = alone.stream()
                .mapToDouble(one -> imageSeconds(one, limit / group.size()))
                .toArray();
        // Once more, now that the JIT has compiled all of it.
        images = Math.min(images, imageSeconds(together, limit / 2));
        double selections = together.stream()
                .mapToDouble(probe -> probe.trainedSelections() * selection(probe, limit))
                .sum();
        LoopConfig loop = group.get(0).loop();
        Map<Path, Double> preparations = new HashMap<>();
        for (LoopProbe probe : together) {
            double making = preparation(probe, limit / group.size());
            probe.preparation().ifPresent(made -> preparations.merge(made.folder(), making, Math::max));
        }
        double preparation =
                preparations.values().stream().mapToDouble(Double::doubleValue).sum();
        Estimate shared = estimate(loop, first, trainingStep, images, 0, 0);
        double measured = Arrays.stream(imagesAlone)
                .map(one -> estimate(loop, first, trainingStep, one, 0, 0).seconds())
                .sum();
        // What is shared takes no longer than it would alone, and no less than a share of that: the rest is noise.
        double seconds = Math.max(shared.seconds(), Math.min(measured, group.size() * shared.seconds()));
        return new FamilyEstimate(
                group.size(),
                1,
                shared.seconds() + selections + preparation,
                seconds + selections + preparation,
                shared.peakMib(),
                shared.deviceMib(),
                preparations);
    }

    private static List<LoopProbe> probes(List<RunConfig> group, Dataset data, ChunkedGraph runner, Sharing sharing) {
        return group.stream()
                .map(config ->
                        new LoopProbe(config.base(), new CondenseTask(config.condensing(), data, runner, sharing)))
                .toList();
    }

    private static Estimate estimate(
            LoopConfig loop,
            LoopProbe probe,
            double trainingStep,
            double imageSeconds,
            double selection,
            double preparation) {
        double innerLoop = imageSeconds + probe.trainingStepsOfLoop() * trainingStep;
        double warmUp = probe.warmUpBatches() * trainingStep;
        double seconds = preparation + loop.steps() * innerLoop + loop.outer() * warmUp;
        if (selection > 0) {
            seconds += probe.trainedSelections() * selection;
        }
        return new Estimate(
                innerLoop,
                warmUp,
                selection,
                preparation,
                loop.steps(),
                seconds,
                Memory.expectedMib(),
                Memory.deviceMib(probe.backend()));
    }

    /** Seconds of what is made before the first loop and is not there yet. */
    private static double preparation(LoopProbe probe, double limit) {
        return probe.preparation()
                .map(made -> made.steps() == 0 ? 0 : made.steps() * fast(made::sample, limit))
                .orElse(0.0);
    }

    /** Seconds of a selection for which networks are trained; 0 if there is none. */
    private static double selection(LoopProbe probe, double limit) {
        return probe.trainedSelections() == 0 ? 0 : probe.prefixSamples() * fast(probe::samplePrefixes, limit);
    }

    /**
     * Seconds of an inner loop that go into steps of the images, all runs together, which take turns as in a family.
     */
    private static double imageSeconds(List<LoopProbe> probes, double limit) {
        double[] measuring = endless(probes.size());
        double[] later = endless(probes.size());
        boolean differ = probes.stream().anyMatch(probe -> probe.measuringLoops() < 1);
        fast(
                () -> {
                    takeTurns(probes, probe -> probe.imageStep(true), measuring);
                    if (differ) {
                        takeTurns(probes, probe -> probe.laterImageStep(true), later);
                    }
                },
                limit);
        double[] choosing = endless(probes.size());
        if (probes.stream().anyMatch(probe -> probe.choosingSteps() > 0)) {
            takeTurns(probes, probe -> probe.choosingStep(true), choosing);
        }
        double seconds = 0;
        for (int i = 0; i < measuring.length; i++) {
            LoopProbe probe = probes.get(i);
            seconds += probe.rounds() * average(probe.measuringLoops(), measuring[i], later[i]);
            if (probe.choosingSteps() > 0) {
                seconds += probe.choosingSteps() * Math.max(0, choosing[i] - measuring[i]);
            }
        }
        return seconds;
    }

    /** Seconds of a step of the images, on average over a run; without measurements it takes no longer than with. */
    static double average(double share, double measuring, double later) {
        return share * measuring + (1 - share) * Math.min(measuring, later);
    }

    private static double[] endless(int count) {
        double[] seconds = new double[count];
        Arrays.fill(seconds, Double.POSITIVE_INFINITY);
        return seconds;
    }

    private static void takeTurns(List<LoopProbe> probes, Consumer<LoopProbe> step, double[] least) {
        for (int i = 0; i < least.length; i++) {
            LoopProbe probe = probes.get(i);
            least[i] = Math.min(least[i], seconds(() -> step.accept(probe)));
        }
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
