package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A DL4J graph that runs forward, backward and <em>tangent</em> on a chunk of samples.
 *
 * <p>With {@code ℓ(S; θ)} the weighted sum of the samples' cross-entropies, {@link #backward} gives {@code ∇θ ℓ} and
 * {@link #tangent} gives {@code d/dε ∇_S ℓ(S; θ + ε v)} at ε = 0, that is {@code ∇_S ⟨∇θ ℓ, v⟩}: the gradient with
 * respect to the images of any function D of the weight gradient with {@code v = ∂D/∂∇θ ℓ}. Forward-over-reverse is
 * exact and needs only first-order primitives (Pearlmutter, "Fast exact multiplication by the Hessian", 1994).
 *
 * <p>Immutable; frames carry all data, so that threads can run different chunks at once.
 */
public final class DifferentiableGraph {
    private final Backend backend;
    private final List<GraphCompiler.Placed> steps;
    private final List<int[]> shapes;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final GradientPlan keeping;
    private final GradientPlan sharing;
    private final int featureSlot;
    private final List<Integer> preparing;

    private DifferentiableGraph(Backend backend, GraphCompiler compiled) {
        this.backend = backend;
        steps = List.copyOf(compiled.placed());
        shapes = List.copyOf(compiled.shapes());
        parameters = steps.stream().flatMap(p -> p.step().parameters().stream()).toList();
        statistics = steps.stream().flatMap(p -> p.step().statistics().stream()).toList();
        keeping = GradientPlan.keeping(shapes);
        sharing = GradientPlan.sharing(steps, shapes);
        featureSlot = compiled.featureSlot();
        preparing = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).step().preparedSize() > 0)
                .boxed()
                .toList();
    }

    /**
     * Compiles a graph for images of {@code channels × height × width}.
     *
     * @throws IllegalArgumentException naming the vertex, if the engine cannot run a part of it
     */
    public static DifferentiableGraph compile(
            ComputationGraphConfiguration configuration, int channels, int height, int width, Backend backend) {
        int[] image = {channels, height, width};
        return new DifferentiableGraph(backend, GraphCompiler.compile(configuration, image, backend));
    }

    /** The backend this graph's tensors belong to. */
    public Backend backend() {
        return backend;
    }

    /** The parameters in the order of the steps. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** A new array of zeros for every parameter. */
    public ParameterSet newParameters() {
        return new ParameterSet(backend, parameters);
    }

    /** Running statistics of batch norms as they start: means 0, variances 1; without arrays if there are none. */
    public ParameterSet newStatistics() {
        ParameterSet fresh = new ParameterSet(backend, statistics);
        for (int i = 0; i < statistics.size(); i++) {
            backend.vectors().fill(fresh.get(i), statistics.get(i).draw().scale());
        }
        return fresh;
    }

    /** Whether samples of a batch interact, as by batch norm: then a batch is one chunk and there are no tangents. */
    public boolean couplesSamples() {
        return steps.stream().anyMatch(placed -> placed.step().couplesSamples());
    }

    /** Multiplications of a forward pass of one image by direct convolution. */
    public long operationsPerImage() {
        return steps.stream().mapToLong(placed -> placed.step().operations()).sum();
    }

    /** Those of {@link #operationsPerImage} that belong to steps reading the images. */
    public long operationsOfFirstLayer() {
        return steps.stream()
                .filter(placed -> Arrays.stream(placed.inputs()).anyMatch(slot -> slot == 0))
                .mapToLong(placed -> placed.step().operations())
                .sum();
    }

    /** The shape {@code [C, H, W]} of one image. */
    public int[] imageShape() {
        return shapes.get(0).clone();
    }

    /** The number of classes. */
    public int classes() {
        return shapes.get(shapes.size() - 1)[0];
    }

    /**
     * The number of features per sample: values that enter the classifier, or the global average pooling in front of it
     * (paper Sec. 3.3.2, "last layer feature").
     */
    public int features() {
        int count = 1;
        for (int extent : shapes.get(featureSlot)) {
            count *= extent;
        }
        return count;
    }

    /** A frame whose gradients stay, as {@link #tangent} needs them. */
    Frame newFrame(int capacity) {
        return new Frame(backend, steps, shapes, keeping, capacity);
    }

    /** A frame for less memory: for one forward and one backward pass, or for tangents. */
    Frame newPassingFrame(int capacity) {
        return new Frame(backend, steps, shapes, sharing, capacity);
    }

    /** The last feature layer of a frame, {@code [n, …]}. */
    Tensor features(Frame frame) {
        return frame.value(featureSlot);
    }

    Tensor logits(Frame frame) {
        return frame.value(shapes.size() - 1);
    }

    /** Numbers of the steps that prepare something from their parameters. */
    List<Integer> preparingSteps() {
        return preparing;
    }

    /**
     * Prepares one step for passes with these weights or in this direction; needed whenever the set has changed. Steps
     * may be prepared by different threads.
     */
    void prepare(int step, ParameterSet set) {
        GraphCompiler.Placed placed = steps.get(step);
        set.prepareRoom(backend, placed.firstParameter(), placed.step().preparedSize());
        placed.step().prepare(set, placed.firstParameter());
    }

    /** Prepares all steps. */
    void prepare(ParameterSet set) {
        preparing.forEach(step -> prepare(step, set));
    }

    /** Activations of all steps for the images in the frame's slot 0; weights are prepared. */
    void forward(Frame frame, ParameterSet weights) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).step().forward(view(i, frame, null), weights);
        }
    }

    /** Activations at test time, batch norms by their running statistics. */
    void infer(Frame frame, ParameterSet weights, ParameterSet running) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).step().infer(view(i, frame, null), weights, running);
        }
    }

    /** After {@link #forward}: takes the statistics of the batch into the running ones. */
    void observe(Frame frame, ParameterSet running) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).step().observe(view(i, frame, null), running);
        }
    }

    /**
     * After {@link #forward}: the summed cross-entropy, and the gradients of {@code weight} times it.
     *
     * @param targets {@code [n, classes]}, rows summing to 1
     * @param probabilities {@code [n, classes]}, overwritten with the softmax
     * @param gradients overwritten with the gradients of all parameters
     * @return the unweighted sum of the samples' cross-entropies
     */
    double backward(
            Frame frame,
            ParameterSet weights,
            Tensor targets,
            double weight,
            Tensor probabilities,
            ParameterSet gradients) {
        int last = shapes.size() - 1;
        double loss =
                backend.matrices().softmaxLoss(frame.value(last), targets, weight, probabilities, frame.gradient(last));
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).step().backward(view(i, frame, null), weights, gradients);
            meet(steps.get(i), frame);
        }
        return loss;
    }

    /**
     * After {@link #backward}: the tangent of the images' gradient when the weights move in {@code direction}.
     *
     * @param tangents a frame for as many samples, overwritten
     * @return {@code [n, C, H, W]}, in {@code tangents}
     * @throws UnsupportedOperationException if {@link #couplesSamples}
     */
    Tensor tangent(
            Frame frame,
            Frame tangents,
            ParameterSet weights,
            ParameterSet direction,
            double weight,
            Tensor probabilities) {
        tangents.withImageGradient();
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).step().tangent(view(i, frame, tangents), weights, direction);
        }
        int last = shapes.size() - 1;
        backend.matrices().softmaxLossTangent(probabilities, tangents.value(last), weight, tangents.gradient(last));
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).step().backwardTangent(view(i, frame, tangents), weights, direction);
            meet(steps.get(i), tangents);
        }
        return tangents.gradient(0);
    }

    /** Adds to the gradients of a step's inputs what later readers have not yet been told of. */
    private void meet(GraphCompiler.Placed placed, Frame frame) {
        for (int k = 0; k < placed.adds().length; k++) {
            int slot = placed.inputs()[k];
            if (placed.adds()[k] && (slot != 0 || frame.hasImageGradient())) {
                backend.vectors().addScaled(1, frame.spill(k, slot), frame.gradient(slot));
            }
        }
    }

    private Step.View view(int index, Frame frame, Frame tangents) {
        return new FrameView(steps.get(index), index, frame, tangents);
    }

    private record FrameView(GraphCompiler.Placed placed, int index, Frame frame, Frame tangents) implements Step.View {

        @Override
        public int firstParameter() {
            return placed.firstParameter();
        }

        @Override
        public int firstStatistic() {
            return placed.firstStatistic();
        }

        @Override
        public Tensor in(int i) {
            return frame.value(placed.inputs()[i]);
        }

        @Override
        public Tensor out() {
            return frame.value(placed.output());
        }

        @Override
        public Tensor inGradient(int i) {
            return gradientOf(frame, i);
        }

        private Tensor gradientOf(Frame target, int i) {
            int slot = placed.inputs()[i];
            if (slot == 0 && !target.hasImageGradient()) {
                return null;
            }
            return placed.adds()[i] ? target.spill(i, slot) : target.gradient(slot);
        }

        @Override
        public Tensor outGradient() {
            return frame.gradient(placed.output());
        }

        @Override
        public Tensor inTangent(int i) {
            int slot = placed.inputs()[i];
            return slot == 0 ? null : tangents.value(slot);
        }

        @Override
        public Tensor outTangent() {
            return tangents.value(placed.output());
        }

        @Override
        public Tensor inGradientTangent(int i) {
            return gradientOf(tangents, i);
        }

        @Override
        public Tensor outGradientTangent() {
            return tangents.gradient(placed.output());
        }

        @Override
        public Tensor state() {
            return frame.state(index);
        }
    }
}
