package io.mdc.engine;

import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.engine.step.Step;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A DL4J graph that runs forward, backward and <em>tangent</em> on a chunk of samples.
 *
 * <p>With {@code ℓ(S; θ)} the loss of a {@link Head}, {@link #backward} gives {@code ∇θ ℓ} and {@code ∇_S ℓ}, and
 * {@link #tangent} their derivatives when the weights move: {@code d/dε ∇_S ℓ(S; θ + ε v)} at ε = 0, that is {@code ∇_S
 * ⟨∇θ ℓ, v⟩}, the gradient with respect to the images of any function D of the weight gradient with {@code v = ∂D/∂∇θ
 * ℓ}; and {@code d/dε ∇θ ℓ}, the Hessian times v. Forward-over-reverse is exact and needs only first-order primitives
 * (Pearlmutter, "Fast exact multiplication by the Hessian", 1994).
 *
 * <p>Immutable; frames carry all data, so that threads can run different chunks at once.
 */
public final class DifferentiableGraph {
    /** A span has frames for passing, recording and tangents, together 2.5 times {@link #bytesPerSample}. */
    private static final int SHARE_OF_A_SPAN = 8;

    private final Backend backend;
    private final List<PlacedStep> steps;
    private final List<int[]> shapes;
    private final List<Parameter> parameters;
    private final List<Parameter> statistics;
    private final GradientPlan keeping;
    private final GradientPlan sharing;
    private final int featureSlot;
    private final int featureStep;
    private final List<Integer> preparing;

    private DifferentiableGraph(Backend backend, GraphCompiler compiled) {
        this.backend = backend;
        steps = compiled.steps();
        shapes = List.copyOf(compiled.shapes());
        parameters = steps.stream().flatMap(p -> p.step().parameters().stream()).toList();
        statistics = steps.stream().flatMap(p -> p.step().statistics().stream()).toList();
        keeping = GradientPlan.keeping(shapes);
        sharing = GradientPlan.sharing(steps, shapes);
        featureSlot = compiled.featureSlot();
        featureStep = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).output() == featureSlot)
                .findFirst()
                .orElse(-1);
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

    /** Whether the network depends on a parameter; not on a bias that a norm takes away again. */
    public boolean hasEffect(int parameter) {
        return steps.stream().filter(placed -> placed.owns(parameter)).allMatch(placed -> placed.step()
                .hasEffect(parameter - placed.firstParameter()));
    }

    /** A new array of zeros for every parameter. */
    public ParameterSet newParameters() {
        return new ParameterSet(backend, parameters);
    }

    /** {@code count} new sets of zeros. */
    public ParameterSet newParameters(int count) {
        return new ParameterSet(backend, parameters, count);
    }

    /**
     * Whether several groups of samples can go through it at once, with weight gradients and directions of their own.
     */
    public boolean takesGroups() {
        return backend.sets().isPresent() && !couplesSamples();
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

    /** Bytes of a sample in a frame whose gradients stay. */
    public long bytesPerSample() {
        long values = shapes.stream().mapToLong(GradientPlan::size).sum();
        long states = steps.stream()
                .mapToLong(placed -> GradientPlan.size(placed.step().stateShape(1)))
                .sum();
        return Float.BYTES * (2 * values + states);
    }

    /**
     * Samples that can be under way at once in the backend's memory, some of which is left for everything else, and in
     * arrays whose elements are numbered by {@code int}.
     */
    int samplesThatFit() {
        long bytes = backend.memory().bytes() / SHARE_OF_A_SPAN;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE / largestArray(), bytes / bytesPerSample()));
    }

    /** Elements of a sample in the largest array of a frame. */
    private int largestArray() {
        return IntStream.concat(
                        shapes.stream().mapToInt(GradientPlan::size),
                        steps.stream()
                                .mapToInt(placed ->
                                        GradientPlan.size(placed.step().stateShape(1))))
                .max()
                .orElseThrow();
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
        PlacedStep placed = steps.get(step);
        set.prepareRoom(backend, placed.firstParameter(), placed.step().preparedSize());
        placed.step().prepare(set, placed.firstParameter());
    }

    /** Prepares all steps. */
    void prepare(ParameterSet set) {
        preparing.forEach(step -> prepare(step, set));
    }

    /** Activations up to a site for the images in the frame's slot 0; weights are prepared. */
    void forward(Frame frame, ParameterSet weights, Site site) {
        for (int i = 0; i <= lastStep(site); i++) {
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
     * After {@link #forward}: the gradients of a head's loss, in the frame and of the parameters.
     *
     * @param gradients overwritten with the gradients of all parameters, 0 for those behind the head's site
     * @return the head's loss
     */
    Numbers backward(Frame frame, ParameterSet weights, Head head, ParameterSet gradients) {
        int slot = slot(head.site());
        Numbers loss = head.cotangent(backend, frame.value(slot), frame.gradient(slot));
        clearBehind(head.site(), gradients);
        for (int i = lastStep(head.site()); i >= 0; i--) {
            steps.get(i).step().backward(view(i, frame, null), weights, gradients);
            meet(steps.get(i), frame);
        }
        return loss;
    }

    /**
     * After {@link #backward} with the same head: the tangents of the gradients when the weights move in
     * {@code direction}.
     *
     * @param tangents a frame for as many samples, overwritten
     * @param gradientsDot overwritten with the tangents of the parameters' gradients, that is the Hessian of the head's
     *     loss times {@code direction}; null if not wanted
     * @return the tangent of the images' gradient {@code [n, C, H, W]}, in {@code tangents}
     * @throws UnsupportedOperationException if {@link #couplesSamples}
     */
    Tensor tangent(
            Frame frame,
            Frame tangents,
            ParameterSet weights,
            ParameterSet direction,
            Head head,
            ParameterSet gradientsDot) {
        tangents.wantImageGradient(true);
        for (int i = 0; i <= lastStep(head.site()); i++) {
            steps.get(i).step().tangent(view(i, frame, tangents), weights, direction);
        }
        int slot = slot(head.site());
        head.tangent(backend, tangents.value(slot), tangents.gradient(slot));
        if (gradientsDot != null) {
            clearBehind(head.site(), gradientsDot);
        }
        for (int i = lastStep(head.site()); i >= 0; i--) {
            steps.get(i).step().backwardTangent(view(i, frame, tangents), weights, direction, gradientsDot);
            meet(steps.get(i), tangents);
        }
        return tangents.gradient(0);
    }

    private int slot(Site site) {
        return site == Site.LOGITS ? shapes.size() - 1 : featureSlot;
    }

    /** The step that writes the values at a site; everything before it leads there. */
    private int lastStep(Site site) {
        return site == Site.LOGITS ? steps.size() - 1 : featureStep;
    }

    private void clearBehind(Site site, ParameterSet set) {
        for (int i = lastStep(site) + 1; i < steps.size(); i++) {
            for (int k = 0; k < steps.get(i).step().parameters().size(); k++) {
                Slices slices = set.slices(steps.get(i).firstParameter() + k);
                for (int g = 0; g < slices.count(); g++) {
                    backend.vectors().fill(slices.of(g), 0);
                }
            }
        }
    }

    /** Adds to the gradients of a step's inputs what later readers have not yet been told of. */
    private void meet(PlacedStep placed, Frame frame) {
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
}
