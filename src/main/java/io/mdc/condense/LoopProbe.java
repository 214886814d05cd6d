package io.mdc.condense;

import io.mdc.coreset.Representatives;
import io.mdc.method.BaseMethod;
import io.mdc.method.Moved;
import io.mdc.numpy.NumpyArray;
import io.mdc.pretrained.Preparation;
import io.mdc.subset.AdaptiveSubset;
import io.mdc.synthetic.Init;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.task.SubsetLoss;
import io.mdc.tensor.Backend;
import io.mdc.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parts of an inner loop, to be run one by one for measurements: those of a {@link Condenser}, made in the same
 * way, but for images that are chosen, which take long: the first images are noise instead, and the real images of a
 * step the first of their class until {@link #choosingStep} chooses some. What is made before the first loop is random
 * numbers here.
 */
public final class LoopProbe {
    /** An outer loop in which prefixes are measured, where they ever are. */
    private static final int FIRST = 1;

    /** A later one in which they are not, but where they always are: a prime, which no shorter period divides. */
    private static final int LATER = 104_729;

    private final BaseMethod base;
    private final CondenseTask task;
    private final Trajectory trajectory;
    private Condensation plain;
    private Condensation half;
    private int e;
    private int trained;

    /**
     * Parts of a method for {@code task}; steps with a subset need a loss on prefixes and at least two images per
     * class.
     */
    public LoopProbe(BaseMethod base, CondenseTask task) {
        this.base = base;
        this.task = task;
        trajectory = base.trajectory(
                uncached(task.config()), condensation(hasSubset()).images());
        trajectory.begin(1);
    }

    private boolean hasSubset() {
        return task.config().subsetLoss() != SubsetLoss.NONE;
    }

    /** Images with half of them in the subset from the start, or without a subset; made when first asked for. */
    private Condensation condensation(boolean subset) {
        if (subset && hasSubset()) {
            if (half == null) {
                half = condensation(task.config());
                half.restore(withSubset(half.state(), task.config().synthetic().ipc() / 2));
            }
            return half;
        }
        if (plain == null) {
            plain = condensation(task.config().with(SubsetLoss.NONE));
        }
        return plain;
    }

    private Condensation condensation(CondenseConfig config) {
        boolean chosen = config.synthetic().init().coreset().isPresent();
        Condensation made = new Condensation(base, uncached(chosen ? config.with(Init.NOISE) : config));
        if (choosesEvery() > 0) {
            made.restore(withFirstImages(made.state()));
        }
        return made;
    }

    /** The task by other settings, with networks that nobody trained in the place of those in the cache. */
    private CondenseTask uncached(CondenseConfig config) {
        return new CondenseTask(config, task.data(), task.runner(), task.sharing(), Optional.empty()).of(task.shard());
    }

    private Condensation.State withFirstImages(Condensation.State state) {
        int classes = task.data().classes();
        int count = task.config().matching().batchReal();
        long[] first = IntStream.range(0, classes)
                .flatMap(label -> Arrays.stream(task.data().train().indicesOfClass(label), 0, count))
                .asLongStream()
                .toArray();
        return new Condensation.State(
                state.images(),
                state.velocity(),
                state.subsets(),
                state.selections(),
                Optional.of(NumpyArray.of(first, classes, count)),
                state.learned());
    }

    private int choosesEvery() {
        return base.choosesEvery(task.config());
    }

    private static Condensation.State withSubset(Condensation.State state, int size) {
        List<AdaptiveSubset.State> sized = state.subsets().stream()
                .map(s -> new AdaptiveSubset.State(List.of(size), s.sums(), s.sums(), s.counts(), null))
                .toList();
        return new Condensation.State(
                state.images(), state.velocity(), sized, state.selections(), state.chosen(), state.learned());
    }

    /**
     * One round of a step of the images: with a loss on prefixes (half of the images in the subset, or all prefixes
     * with theirs) and all prefixes measured where that loss needs it, or without.
     */
    public void imageStep(boolean subset) {
        await(oneImageStep(subset, FIRST));
    }

    /** Likewise in an outer loop that measures prefixes only where all do. */
    public void laterImageStep(boolean subset) {
        await(oneImageStep(subset, LATER));
    }

    private List<Moved> oneImageStep(boolean subset, int outer) {
        e++;
        Condensation images = condensation(subset);
        return images.step(trajectory.weights(), new Place(outer, e), e % images.rounds());
    }

    /**
     * The share of the run's outer loops whose steps are as {@link #imageStep}; the others are {@link #laterImageStep}.
     */
    public double measuringLoops() {
        Condensation images = condensation(hasSubset());
        int loops = task.config().loop().outer();
        if (loops == 0 || images.measuresInSteps(FIRST) == images.measuresInSteps(LATER)) {
            return 1;
        }
        return (double) IntStream.rangeClosed(1, loops)
                        .filter(images::measuresInSteps)
                        .count()
                / loops;
    }

    /** One round of a step of the images that first chooses its real images, where the method does that. */
    public void choosingStep(boolean subset) {
        Condensation images = condensation(subset);
        await(images.step(trajectory.weights(), new Place(FIRST, 1 + ++e * choosesEvery()), e % images.rounds()));
    }

    /** Waits until losses are known; their sum. */
    private static double await(List<Moved> moved) {
        return moved.stream().mapToDouble(part -> part.losses().get().total()).sum();
    }

    /** How many rounds of an inner loop choose, on average over a run. */
    public double choosingSteps() {
        if (choosesEvery() == 0) {
            return 0;
        }
        int together =
                new Representatives(task.runner(), task.data(), task.config().choice()).classesAtOnce();
        double loops = task.config().loop().inner();
        return Math.ceil(rounds() * Math.min(1, partsOfRound() / together)) * Math.ceil(loops / choosesEvery()) / loops;
    }

    /** One pass of network training, that of an inner loop as {@link #next} says. */
    public void train() {
        trajectory.advance(next());
    }

    /** The next place whose inner loop is not the last of its outer one, unless it is the only one. */
    private Place next() {
        int loops = Math.max(1, task.config().loop().inner() - 1);
        int before = trained++;
        return new Place(1 + before / loops, 1 + before % loops);
    }

    /** Where its arrays live. */
    public Backend backend() {
        return task.backend();
    }

    /** One training step. */
    public void trainOnce() {
        trajectory.advanceOnce(next());
    }

    /** Training steps in {@link #train}. */
    public int trainingSteps() {
        return trajectory.steps();
    }

    /** Training steps of an inner loop, on average over an outer one. */
    public double trainingStepsOfLoop() {
        int loops = task.config().loop().inner();
        return (double) trajectory.steps(loops) / loops;
    }

    /** Rounds of a step of the images in an inner loop. */
    public int rounds() {
        return condensation(hasSubset()).rounds();
    }

    /** Parts of a step of the images in a round, on average. */
    public double partsOfRound() {
        return (double) condensation(hasSubset()).partsHere() / rounds();
    }

    /** What is made before the first loop. */
    public Optional<Preparation> preparation() {
        return base.preparation(task);
    }

    /** Batches that each new network is warmed up with. */
    public long warmUpBatches() {
        return trajectory.warmUpBatches();
    }

    /** Selections of the run for which networks are trained on all prefixes. */
    public long trainedSelections() {
        Condensation images = condensation(hasSubset());
        return IntStream.rangeClosed(1, task.config().loop().outer())
                .filter(images::trainsPrefixes)
                .count();
    }

    /** A sample of the training for one of them. */
    public void samplePrefixes() {
        prefixes()
                .sample(
                        condensation(hasSubset()).images(),
                        task.config().synthetic().factor());
    }

    /** How many such samples one of them takes. */
    public double prefixSamples() {
        return prefixes().samples(condensation(hasSubset()).images());
    }

    private PrefixAccuracies prefixes() {
        return PrefixAccuracies.of(task);
    }

    /** All rounds of a step of the images. */
    public void imageSteps(boolean subset) {
        for (int round = 0; round < rounds(); round++) {
            imageStep(subset);
        }
    }

    /** One whole inner loop. */
    public void innerLoop(boolean subset) {
        List<Moved> moved = new ArrayList<>();
        for (int round = 0; round < rounds(); round++) {
            moved.addAll(oneImageStep(subset, FIRST));
        }
        train();
        await(moved);
    }
}
