package io.mdc.method;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.augment.Transform;
import io.mdc.base.Workers;
import io.mdc.batch.RealImages;
import io.mdc.condense.TinyRun;
import io.mdc.config.ConfigReader;
import io.mdc.data.ClassSampler;
import io.mdc.data.Dataset;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.objective.Batches;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.Losses;
import io.mdc.objective.Objective;
import io.mdc.objective.Prefixes;
import io.mdc.setting.Layer;
import io.mdc.subset.AdaptiveSubset;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.Numbers;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One class step, without augmentation, against its parts. */
class ClassStepTest {
    private static final Backend BACKEND = TestBackends.DOUBLE;
    private static final int LABEL = 1;
    private static final double MOMENTUM = 0.5;

    private final Dataset data = TinyRun.dataset();
    private static final Map<String, String> SETTINGS =
            Map.of("ipc", "3", "depth", "2", "width", "3", "batch-real", "5", "augment-match", "none", "lr-img", "2");

    private final CondenseConfig config =
            ConfigReader.read(Layer.options(SETTINGS)).condensing();
    private final DifferentiableGraph graph = DifferentiableGraph.compile(
            ConvNet.configuration(2, 3, 3, TinyRun.SIZE, TinyRun.CLASSES), 3, TinyRun.SIZE, TinyRun.SIZE, BACKEND);

    /** Subset of the first two images, the first of them frozen. */
    private Subsets subsets() {
        AdaptiveSubset.State state =
                new AdaptiveSubset.State(List.of(1, 2), new double[] {3, 4}, new double[2], new int[2], null);
        return Subsets.of(List.of(state), config, ClassShard.WHOLE, TinyRun.CLASSES);
    }

    /** The gradient of the class's images for the real batch of inner loop {@code e} of the first outer loop. */
    private double[] gradient(Workers workers, ParameterSet weights, Tensor stored, int e) {
        MultiFormation formation = new MultiFormation(2, TinyRun.SIZE, TinyRun.SIZE);
        List<Tile> all = formation.full(3);
        Objective objective = new GradientMatching(
                new ChunkedGraph(graph, workers, 4),
                config.matching().distance().measure(),
                config.matching().match());
        Tensor real = BACKEND.zeros(5, 3, TinyRun.SIZE, TinyRun.SIZE);
        Tensor synthetic = BACKEND.zeros(12, 3, TinyRun.SIZE, TinyRun.SIZE);
        Normalization normalization = data.normalization();
        int[] batch = new ClassSampler(data.train(), LABEL, config.seed()).batch((e - 1) * 5L, 5);
        new RealImages(BACKEND.images(), data.train(), normalization).load(batch, real);
        formation.decode(BACKEND.images(), stored, all, synthetic);
        Transform.ChannelScale.of(normalization).apply(BACKEND.images(), synthetic);
        Batches batches = new Batches(new LabelledImages(real, targets(5)), new LabelledImages(synthetic, targets(12)));
        Tensor moved = objective.evaluate(weights, batches, new Prefixes(8, 4)).gradient();
        Transform.ChannelScale.of(normalization).adjoint(BACKEND.images(), moved);
        Tensor gradient = BACKEND.zeros(stored.shape());
        formation.adjoint(BACKEND.images(), moved, all, gradient);
        return gradient.toDoubles();
    }

    private static Tensor targets(int n) {
        double[] oneHot = new double[n * TinyRun.CLASSES];
        for (int i = 0; i < n; i++) {
            oneHot[i * TinyRun.CLASSES + LABEL] = 1;
        }
        return BACKEND.of(oneHot, n, TinyRun.CLASSES);
    }

    private ClassStep step(SyntheticSet images, Tensor velocity, Workers workers) {
        return step(config, images, velocity, workers);
    }

    private ClassStep step(CondenseConfig settings, SyntheticSet images, Tensor velocity, Workers workers) {
        CondenseTask task = new CondenseTask(settings, data, new ChunkedGraph(graph, workers, 4));
        ClassMethod base = (ClassMethod) Method.IDC.base();
        return new ClassStep(
                task, images, velocity, base.objective(settings.matching(), task.runner()), RealLoader.of(task, base));
    }

    @Test
    void imagesMoveAlongTheGradientWithMomentum() {
        // lr-img · (N / 10) · (size / 32)²
        double rate = 2 * 0.3 / 16;
        ParameterSet weights = graph.newParameters();
        Initializer.initialize(weights, new SplittableRandom(1));
        SyntheticSet images = new SyntheticSet(BACKEND, TinyRun.CLASSES, 3, new int[] {3, TinyRun.SIZE, TinyRun.SIZE});
        images.images().set(Numbers.uniform(new SplittableRandom(2), (int)
                images.images().size()));
        Tensor velocity = BACKEND.zeros(images.images().shape());
        try (Workers workers = new Workers(2)) {
            ClassStep step = step(images, velocity, workers);
            double[] speed = new double[3 * TinyRun.IMAGE];
            for (int e = 1; e <= 5; e++) {
                double[] before = images.images().toDoubles();
                double[] slope = gradient(workers, weights, images.ofClass(LABEL), e);
                assertArrayEquals(new double[TinyRun.IMAGE], Arrays.copyOf(slope, TinyRun.IMAGE), "frozen");
                speed = plus(slope, MOMENTUM, speed);
                double[] own = Arrays.copyOfRange(before, 3 * TinyRun.IMAGE, 6 * TinyRun.IMAGE);
                step.run(weights, subsets(), new Place(1, e), List.of(LABEL));
                assertClose(plus(own, -rate, speed), images.ofClass(LABEL).toDoubles(), 1e-13, "step " + e);
                double[] after = images.images().toDoubles();
                for (int k = 0; k < before.length; k++) {
                    if (k < 4 * TinyRun.IMAGE || k >= 6 * TinyRun.IMAGE) {
                        assertEquals(before[k], after[k], "frozen images and other classes stay");
                    }
                }
            }
        }
    }

    /** Of a batch of one tile, the prefixes of stored images are all of it or nothing. */
    @Test
    void prefixesThatAreTheSameInABatchAddTheirWeights() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of("subset", "all", "subset-weights", "inverse", "batch-syn-max", "1"));
        CondenseConfig all = ConfigReader.read(Layer.options(settings)).condensing();
        ParameterSet weights = graph.newParameters();
        Initializer.initialize(weights, new SplittableRandom(1));
        SyntheticSet images = new SyntheticSet(BACKEND, TinyRun.CLASSES, 3, new int[] {3, TinyRun.SIZE, TinyRun.SIZE});
        images.images().set(Numbers.uniform(new SplittableRandom(2), (int)
                images.images().size()));
        Set<Long> parts = new TreeSet<>();
        try (Workers workers = new Workers(2)) {
            ClassStep step = step(all, images, BACKEND.zeros(images.images().shape()), workers);
            for (int e = 1; e <= 20; e++) {
                Losses losses = step.run(
                                weights,
                                Subsets.anew(all, ClassShard.WHOLE, TinyRun.CLASSES),
                                new Place(1, e),
                                List.of(LABEL))
                        .get(0)
                        .losses()
                        .get();
                parts.add(Math.round(3 * losses.subset() / losses.base()));
            }
        }
        // the tile is of image 1: S[1] and S[2] have 2/3 and 1/3; of image 2: S[2] has 1/3; of image 3: none
        assertEquals(Set.of(0L, 1L, 3L), parts);
    }

    @Test
    void prefixesAreMeasuredOnlyInLoopsThatSelect() {
        ParameterSet weights = graph.newParameters();
        Initializer.initialize(weights, new SplittableRandom(1));
        SyntheticSet images = new SyntheticSet(BACKEND, TinyRun.CLASSES, 3, new int[] {3, TinyRun.SIZE, TinyRun.SIZE});
        images.images().set(Numbers.uniform(new SplittableRandom(2), (int)
                images.images().size()));
        try (Workers workers = new Workers(2)) {
            ClassStep step = step(images, BACKEND.zeros(images.images().shape()), workers);
            Subsets subsets = subsets();
            for (int outer : new int[] {1, 2, 100}) {
                Moved moved = step.run(weights, subsets, new Place(outer, 1), List.of(LABEL))
                        .get(0);
                assertEquals(LABEL, moved.part());
                assertEquals(outer != 2, moved.measured().isPresent());
                assertEquals(
                        2,
                        moved.measured().map(measured -> measured.get().length).orElse(2));
            }
        }
    }
}
