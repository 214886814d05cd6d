package io.mdc.matching;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.ParameterKind;
import io.mdc.engine.ParameterSet;
import io.mdc.engine.Phase;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matching loss of one class, with subset term and frozen prefix, and its exact gradient with respect to the
 * synthetic images.
 *
 * <p>With g(·) the weight gradient of the mean cross-entropy, S[m] the first m synthetic images and B the real ones
 * (paper Eq. 4): {@code loss = d(g(S), g(B)) + d(g(S[m]), g(B))}. Samples do not interact in the network, so g(S) and
 * g(S[m]) are sums of the same per-sample gradients, as are those of all other prefixes, and the image gradient of both
 * terms is one tangent sweep: an image outside S[m] in the direction {@code v = ∂d/∂g(S)}, one inside in the direction
 * {@code v + (M/m) ∂d/∂g(S[m])}, all weighted 1/M. The first {@code frozen} images get no sweep and a gradient of 0.
 *
 * <p>Owns its batches, whose contents the caller provides, and re-uses all memory; not thread-safe.
 */
public final class GradientMatcher {
    private static final int REAL = 0;

    /**
     * What one step measured.
     *
     * @param baseLoss {@code d(g(S), g(B))}
     * @param subsetLoss {@code d(g(S[m]), g(B))}, 0 without a subset
     */
    public record Losses(double baseLoss, double subsetLoss) {
        /** The loss whose gradient is taken. */
        public double total() {
            return baseLoss + subsetLoss;
        }
    }

    private final ChunkedGraph runner;
    private final GradientDistance distance;
    private final List<Integer> matched;
    private final Tensor real;
    private final Tensor synthetic;
    private final Tensor gradient;
    private final Tensor targets;
    private final Tensor features;
    private final List<ParameterSet> sums = new ArrayList<>();
    private final ParameterSet running;
    private final ParameterSet scaled;
    private final ParameterSet restDirection;
    private final ParameterSet prefixDirection;
    private final ParameterSet subsetDerivative;
    private int label = -1;
    private List<Integer> arranged = List.of();
    private int[] ends;
    private double[] distances = {};
    private List<Chunk> chunks;
    private List<Tensor> outputs;

    /**
     * A matcher for batches of fixed size.
     *
     * @param runner runs the network whose samples must not interact
     * @param distance d
     * @param kinds the parameters whose gradients are compared
     * @param realImages real images per step
     * @param syntheticImages decoded synthetic images per step
     * @throws IllegalArgumentException if the network has no parameter of these kinds
     */
    public GradientMatcher(
            ChunkedGraph runner,
            GradientDistance distance,
            Collection<ParameterKind> kinds,
            int realImages,
            int syntheticImages) {
        this.runner = runner;
        this.distance = distance;
        DifferentiableGraph graph = runner.graph();
        matched = IntStream.range(0, graph.parameters().size())
                .filter(i -> kinds.contains(graph.parameters().get(i).role().kind()))
                .boxed()
                .toList();
        if (matched.isEmpty()) {
            throw new IllegalArgumentException("--match " + kinds + ": the network has no such parameter");
        }
        Backend backend = graph.backend();
        int[] image = graph.imageShape();
        real = backend.zeros(realImages, image[0], image[1], image[2]);
        synthetic = backend.zeros(syntheticImages, image[0], image[1], image[2]);
        gradient = backend.zeros(synthetic.shape());
        targets = backend.zeros(Math.max(realImages, syntheticImages), graph.classes());
        features = backend.zeros(realImages + syntheticImages, graph.features());
        running = graph.newParameters();
        scaled = graph.newParameters();
        restDirection = graph.newParameters();
        prefixDirection = graph.newParameters();
        subsetDerivative = graph.newParameters();
    }

    /** The real batch {@code [B, C, H, W]}, normalised and augmented, to be filled before each step. */
    public Tensor real() {
        return real;
    }

    /** The synthetic batch {@code [M, C, H, W]}, decoded, normalised and augmented, to be filled before each step. */
    public Tensor synthetic() {
        return synthetic;
    }

    /**
     * The gradient of the loss with respect to {@link #synthetic}, overwritten by each step; the caller may change it.
     */
    public Tensor gradient() {
        return gradient;
    }

    /** The last feature layer {@code [B + M, features]} of the real, then the synthetic images of the last step. */
    public Tensor features() {
        return features;
    }

    /** {@code d(g(S[n]), g(B))} of the prefixes that the last step was asked to measure. */
    public double[] distances() {
        return distances.clone();
    }

    /** {@link #step(ParameterSet, int, int, int, int[])} without distances of prefixes. */
    public Losses step(ParameterSet weights, int classLabel, int subsetSize, int frozenSize) {
        return step(weights, classLabel, subsetSize, frozenSize, new int[0]);
    }

    /**
     * Computes losses, {@link #gradient}, {@link #features} and {@link #distances}.
     *
     * @param weights of the network, read only
     * @param classLabel the class of all images
     * @param subsetSize m, the number of leading synthetic images in the subset term; 0 for none
     * @param frozenSize the number of leading synthetic images that get no gradient
     * @param prefixes sizes of prefixes of the synthetic images whose distances are wanted; 0 gives NaN
     */
    public Losses step(ParameterSet weights, int classLabel, int subsetSize, int frozenSize, int[] prefixes) {
        label(classLabel);
        arrange(subsetSize, frozenSize, prefixes);
        runner.gradients(weights, chunks, sums.subList(0, ends.length + 1).toArray(ParameterSet[]::new));
        long start = System.nanoTime();
        Losses losses = directions(subsetSize, prefixes);
        runner.phases().add(Phase.DISTANCE, System.nanoTime() - start);
        runner.graph().backend().vectors().fill(gradient, 0);
        ParameterSet[] directions = new ParameterSet[ends.length + 1];
        for (int k = 0; k < ends.length; k++) {
            directions[k + 1] = ends[k] <= subsetSize ? prefixDirection : restDirection;
        }
        runner.tangents(weights, chunks, directions, outputs);
        return losses;
    }

    /**
     * From the sums of the parts to both losses, the distances of prefixes, and the directions of weight space that the
     * image gradients are taken in.
     */
    private Losses directions(int subsetSize, int[] prefixes) {
        VectorOps vectors = runner.graph().backend().vectors();
        int images = synthetic.dim(0);
        double subset = 0;
        distances = new double[prefixes.length];
        Arrays.fill(distances, Double.NaN);
        vectors.fill(running.flat(), 0);
        for (int k = 0; k < ends.length; k++) {
            vectors.addScaled(1, sums.get(k + 1).flat(), running.flat());
            int end = ends[k];
            boolean wanted = Arrays.stream(prefixes).anyMatch(n -> n == end);
            if (wanted || end == subsetSize) {
                vectors.copy(running.flat(), scaled.flat());
                vectors.scale((double) images / end, scaled.flat());
                double measured = measure(scaled, subsetDerivative);
                for (int n = 0; n < prefixes.length; n++) {
                    distances[n] = prefixes[n] == end ? measured : distances[n];
                }
                if (end == subsetSize) {
                    subset = measured;
                    vectors.copy(subsetDerivative.flat(), prefixDirection.flat());
                }
            }
        }
        double base = measure(running, restDirection);
        if (subsetSize > 0) {
            vectors.scale((double) images / subsetSize, prefixDirection.flat());
            vectors.addScaled(1, restDirection.flat(), prefixDirection.flat());
        }
        return new Losses(base, subset);
    }

    private double measure(ParameterSet own, ParameterSet derivative) {
        double total = 0;
        for (int i : matched) {
            total += distance.measure(
                    runner.graph().backend(), own.get(i), sums.get(REAL).get(i), derivative.get(i));
        }
        return total;
    }

    private void label(int classLabel) {
        if (classLabel != label) {
            int classes = targets.dim(1);
            double[] oneHot = new double[targets.dim(0) * classes];
            for (int row = 0; row < targets.dim(0); row++) {
                oneHot[row * classes + classLabel] = 1;
            }
            targets.set(oneHot);
            label = classLabel;
        }
    }

    /** Cuts the batches into chunks that do not cross the end of a prefix that is asked for or of the frozen images. */
    private void arrange(int subsetSize, int frozenSize, int[] prefixes) {
        int images = synthetic.dim(0);
        if (subsetSize < 0 || subsetSize > images || frozenSize < 0 || frozenSize > images) {
            throw new IllegalArgumentException(
                    "subset of " + subsetSize + " and " + frozenSize + " frozen of " + images + " synthetic images");
        }
        ends = IntStream.concat(IntStream.of(subsetSize, frozenSize, images), Arrays.stream(prefixes))
                .filter(end -> end > 0)
                .sorted()
                .distinct()
                .toArray();
        List<Integer> wanted = IntStream.concat(Arrays.stream(ends), IntStream.of(frozenSize))
                .boxed()
                .toList();
        if (wanted.equals(arranged)) {
            return;
        }
        arranged = wanted;
        while (sums.size() < ends.length + 1) {
            sums.add(runner.graph().newParameters());
        }
        int realImages = real.dim(0);
        Tensor ownFeatures = features.rows(realImages, realImages + images);
        chunks = new ArrayList<>(Chunk.cut(
                real,
                targets,
                features.rows(0, realImages),
                1.0 / realImages,
                REAL,
                false,
                0,
                realImages,
                runner.capacity()));
        outputs = new ArrayList<>();
        chunks.forEach(chunk -> outputs.add(null));
        int from = 0;
        for (int k = 0; k < ends.length; k++) {
            List<Chunk> part = Chunk.cut(
                    synthetic,
                    targets,
                    ownFeatures,
                    1.0 / images,
                    k + 1,
                    ends[k] > frozenSize,
                    from,
                    ends[k],
                    runner.capacity());
            chunks.addAll(part);
            outputs.addAll(views(gradient, part, from));
            from = ends[k];
        }
    }

    private static List<Tensor> views(Tensor batch, List<Chunk> part, int from) {
        int[] sizes = part.stream().mapToInt(chunk -> chunk.images().dim(0)).toArray();
        List<Tensor> views = new ArrayList<>();
        int start = from;
        for (int size : sizes) {
            views.add(batch.rows(start, start + size));
            start += size;
        }
        return views;
    }
}
