package io.mdc.network;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Workers;
import java.util.ArrayList;
import java.util.List;

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
        private Tensor view;

        Slot(DifferentiableGraph graph, int capacity) {
            frame = graph.newFrame(capacity);
            probabilities = graph.backend().zeros(capacity, graph.classes());
            view = probabilities;
        }

        Slot resize(int n) {
            if (frame.samples() != n) {
                frame.resize(n);
                view = probabilities.rows(0, n);
            }
            return this;
        }
    }

    private final DifferentiableGraph graph;
    private final Workers workers;
    private final int capacity;
    private final OrderedSum sum;
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

    /** The largest chunk. */
    public int capacity() {
        return capacity;
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
        sum.start(sums);
        double[] losses = new double[chunks.size()];
        int[] place = reserve(chunks);
        workers.forEach(chunks.size(), (i, worker) -> {
            Chunk chunk = chunks.get(i);
            Slot slot = (place[i] >= 0 ? recorded.get(place[i]) : passingSlot(worker))
                    .resize(chunk.images().dim(0));
            forward(slot.frame, weights, chunk);
            ParameterSet gradient = sum.borrow();
            losses[i] = chunk.weight()
                    * graph.backward(slot.frame, weights, chunk.targets(), chunk.weight(), slot.view, gradient);
            sum.add(i, gradient, chunk.group());
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
        Backend backend = graph.backend();
        workers.forEach(moving.size(), (k, worker) -> {
            int i = moving.get(k);
            Chunk chunk = chunks.get(i);
            Slot slot = recorded.get(k);
            if (tangents[worker] == null) {
                tangents[worker] = graph.newFrame(capacity);
            }
            tangents[worker].resize(chunk.images().dim(0));
            Tensor image = graph.tangent(
                    slot.frame, tangents[worker], weights, directions[chunk.group()], chunk.weight(), slot.view);
            backend.vectors().copy(image, outputs.get(i));
        });
    }

    /** The most probable class of every image of the chunks, in order. */
    public int[] predict(ParameterSet weights, List<Chunk> chunks) {
        int[][] classes = new int[chunks.size()][];
        workers.forEach(chunks.size(), (i, worker) -> {
            Chunk chunk = chunks.get(i);
            Slot slot = passingSlot(worker).resize(chunk.images().dim(0));
            forward(slot.frame, weights, chunk);
            classes[i] = graph.backend().matrices().rowArgmax(graph.logits(slot.frame));
        });
        return java.util.Arrays.stream(classes)
                .flatMapToInt(java.util.Arrays::stream)
                .toArray();
    }

    private void forward(Frame frame, ParameterSet weights, Chunk chunk) {
        Backend backend = graph.backend();
        backend.vectors().copy(chunk.images(), frame.value(0));
        graph.forward(frame, weights);
        if (chunk.features() != null) {
            backend.vectors().copy(graph.features(frame), chunk.features());
        }
    }

    /** Gives every recorded chunk a slot of its own; −1 for the others. */
    private int[] reserve(List<Chunk> chunks) {
        int[] place = new int[chunks.size()];
        int used = 0;
        for (int i = 0; i < place.length; i++) {
            place[i] = chunks.get(i).recorded() ? used++ : -1;
            if (used > recorded.size()) {
                recorded.add(new Slot(graph, capacity));
            }
        }
        return place;
    }

    private Slot passingSlot(int worker) {
        if (passing[worker] == null) {
            passing[worker] = new Slot(graph, capacity);
        }
        return passing[worker];
    }
}
