package io.mdc.engine;

import io.mdc.base.Workers;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Runs a graph over the chunks of a batch on a team of threads; sums are made in chunk order, so that the result has
 * the same bits for any number of threads.
 *
 * <p>Not thread-safe; owns the frames it works in and re-uses them from call to call.
 */
public final class ChunkedGraph {
    private static final class Slot {
        private final Frame frame;
        private final Tensor probabilities;
        private final Tensor[] views;
        private Tensor view;

        Slot(DifferentiableGraph graph, Frame frame) {
            this.frame = frame;
            probabilities = graph.backend().zeros(frame.capacity(), graph.classes());
            views = new Tensor[frame.capacity() + 1];
            resize(frame.capacity());
        }

        Slot resize(int n) {
            frame.resize(n);
            if (views[n] == null) {
                views[n] = probabilities.rows(0, n);
            }
            view = views[n];
            return this;
        }
    }

    private final DifferentiableGraph graph;
    private final Workers workers;
    private final int capacity;
    private final OrderedSum sum;
    private final Phases phases = new Phases();
    private final Slot[] passing;
    private final Frame[] tangents;
    private final List<Slot> recorded = new ArrayList<>();

    /**
     * A runner for chunks of at most {@code capacity} samples.
     *
     * @param graph what to run
     * @param workers the threads to use; not closed here
     */
    public ChunkedGraph(DifferentiableGraph graph, Workers workers, int capacity) {
        this.graph = graph;
        this.workers = workers;
        this.capacity = capacity;
        sum = new OrderedSum(graph);
        passing = new Slot[workers.threads()];
        tangents = new Frame[workers.threads()];
    }

    /** The graph that is run. */
    public DifferentiableGraph graph() {
        return graph;
    }

    /** Where the time goes; whoever computes around this runner adds to it. */
    public Phases phases() {
        return phases;
    }

    /** The largest chunk of samples that do not interact. */
    public int capacity() {
        return capacity;
    }

    /** The chunks of a batch whose mean loss is trained on; one only if samples interact. */
    List<Chunk> trainingChunks(Tensor images, Tensor targets) {
        int n = images.dim(0);
        return graph.couplesSamples()
                ? List.of(new Chunk(images, targets, null, 1.0 / n, 0, false))
                : Chunk.cut(images, targets, null, 1.0 / n, 0, false, 0, n, capacity);
    }

    /**
     * Forward and backward passes of all chunks.
     *
     * @param weights read only
     * @param sums overwritten: number g with the weight gradients of the chunks of group g, each sample counted
     *     {@code chunk.weight()} times
     * @return the summed loss of every group, each sample counted {@code chunk.weight()} times
     */
    public double[] gradients(ParameterSet weights, List<Chunk> chunks, ParameterSet... sums) {
        return gradients(weights, null, chunks, sums);
    }

    /**
     * {@link #gradients} of one group, which also takes the batch into running statistics.
     *
     * @param running changed where the network has batch norms
     * @return the summed loss
     */
    public double train(ParameterSet weights, ParameterSet running, List<Chunk> chunks, ParameterSet gradient) {
        return gradients(weights, running, chunks, gradient)[0];
    }

    private double[] gradients(ParameterSet weights, ParameterSet running, List<Chunk> chunks, ParameterSet... sums) {
        if (chunks.size() > 1 && graph.couplesSamples()) {
            throw new IllegalArgumentException("a network with batch norm needs its batch in one chunk");
        }
        prepare(weights);
        sum.start(sums);
        double[] losses = new double[chunks.size()];
        int[] place = reserve(chunks);
        workers.forEach(chunks.size(), (i, worker) -> {
            long start = System.nanoTime();
            Chunk chunk = chunks.get(i);
            int n = chunk.images().dim(0);
            Slot slot = (place[i] >= 0 ? recorded.get(place[i]) : passingSlot(worker, n)).resize(n);
            graph.backend().vectors().copy(chunk.images(), slot.frame.value(0));
            graph.forward(slot.frame, weights);
            long forward = System.nanoTime();
            if (chunk.features() != null) {
                graph.backend().vectors().copy(graph.features(slot.frame), chunk.features());
            }
            if (running != null) {
                graph.observe(slot.frame, running);
            }
            ParameterSet gradient = sum.borrow();
            losses[i] = chunk.weight()
                    * graph.backward(slot.frame, weights, chunk.targets(), chunk.weight(), slot.view, gradient);
            sum.add(i, gradient, chunk.group());
            phases.add(running == null ? Phase.FORWARD : Phase.TRAINING, forward - start, running == null ? n : 0);
            phases.add(running == null ? Phase.BACKWARD : Phase.TRAINING, System.nanoTime() - forward, n);
        });
        double[] total = new double[sums.length];
        for (int i = 0; i < losses.length; i++) {
            total[chunks.get(i).group()] += losses[i];
        }
        return total;
    }

    /**
     * The tangents of the image gradients of the recorded chunks of the last {@link #gradients} call.
     *
     * @param weights as in that call
     * @param chunks as in that call
     * @param directions the direction of the weights for the chunks of each group
     * @param outputs for every chunk {@code [n, C, H, W]}, overwritten; null for chunks not recorded
     */
    public void tangents(ParameterSet weights, List<Chunk> chunks, ParameterSet[] directions, List<Tensor> outputs) {
        List<Integer> moving = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).recorded()) {
                moving.add(i);
            }
        }
        prepare(Arrays.stream(directions).filter(Objects::nonNull).toArray(ParameterSet[]::new));
        Backend backend = graph.backend();
        workers.forEach(moving.size(), (k, worker) -> {
            long start = System.nanoTime();
            int i = moving.get(k);
            Chunk chunk = chunks.get(i);
            Slot slot = recorded.get(k);
            if (tangents[worker] == null) {
                tangents[worker] = graph.newPassingFrame(capacity);
            }
            tangents[worker].resize(chunk.images().dim(0));
            Tensor image = graph.tangent(
                    slot.frame, tangents[worker], weights, directions[chunk.group()], chunk.weight(), slot.view);
            backend.vectors().copy(image, outputs.get(i));
            phases.add(Phase.TANGENT, System.nanoTime() - start, image.dim(0));
        });
    }

    /** The most probable class of every image of the chunks, in order, with batch norms by their running statistics. */
    public int[] predict(ParameterSet weights, ParameterSet running, List<Chunk> chunks) {
        prepare(weights);
        int[][] classes = new int[chunks.size()][];
        workers.forEach(chunks.size(), (i, worker) -> {
            Chunk chunk = chunks.get(i);
            int n = chunk.images().dim(0);
            Slot slot = passingSlot(worker, n).resize(n);
            graph.backend().vectors().copy(chunk.images(), slot.frame.value(0));
            graph.infer(slot.frame, weights, running);
            classes[i] = graph.backend().matrices().rowArgmax(graph.logits(slot.frame));
        });
        return Arrays.stream(classes).flatMapToInt(Arrays::stream).toArray();
    }

    private void prepare(ParameterSet... sets) {
        List<Integer> steps = graph.preparingSteps();
        workers.forEach(
                steps.size() * sets.length,
                (i, worker) -> phases.time(
                        Phase.PREPARATION, () -> graph.prepare(steps.get(i % steps.size()), sets[i / steps.size()])));
    }

    /** Gives every recorded chunk a slot of its own; −1 for the others. */
    private int[] reserve(List<Chunk> chunks) {
        int[] place = new int[chunks.size()];
        int used = 0;
        for (int i = 0; i < place.length; i++) {
            place[i] = chunks.get(i).recorded() ? used++ : -1;
            if (used > recorded.size()) {
                recorded.add(new Slot(graph, graph.newFrame(capacity)));
            }
        }
        return place;
    }

    private Slot passingSlot(int worker, int n) {
        if (passing[worker] == null || passing[worker].frame.capacity() < n) {
            passing[worker] = new Slot(graph, graph.newPassingFrame(Math.max(n, capacity)));
        }
        return passing[worker];
    }
}
