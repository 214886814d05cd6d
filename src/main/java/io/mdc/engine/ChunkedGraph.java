package io.mdc.engine;

import io.mdc.base.Workers;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Runs a graph over the chunks of a batch on a team of threads; sums are made in chunk order, so that the result has
 * the same bits for any number of threads.
 *
 * <p>What a later pass needs of an earlier one is in the {@link Recording} that the earlier one returns. Not
 * thread-safe; owns the memory it works in and re-uses it from call to call.
 */
public final class ChunkedGraph {
    private final DifferentiableGraph graph;
    private final Workers workers;
    private final int capacity;
    private final SetPool sets;
    private final Phases phases = new Phases();
    private final ChunkSlot[] passing;
    private final Frame[] tangents;
    private final Deque<ChunkSlot> free = new ArrayDeque<>();

    /**
     * A runner for chunks of at most {@code capacity} samples.
     *
     * @param graph what to run
     * @param workers the threads to use; not closed here
     */
    public ChunkedGraph(DifferentiableGraph graph, Workers workers, int capacity) {
        this.graph = graph;
        this.workers = workers;
        this.capacity = Math.min(capacity, graph.samplesThatFit());
        sets = new SetPool(graph::newParameters);
        passing = new ChunkSlot[workers.threads()];
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

    /**
     * The chunks of a batch whose mean loss is trained on; one only if samples interact.
     *
     * @param probabilities {@code [n, classes]}, overwritten in every pass; null if not wanted
     */
    List<Chunk> trainingChunks(Tensor images, Tensor targets, Tensor probabilities) {
        Samples samples = Samples.mean(images, targets, probabilities);
        if (graph.couplesSamples()) {
            return samples.whole();
        }
        return graph.takesGroups()
                ? samples.fewest(0, images.dim(0), capacity, 0, false)
                : samples.cut(0, images.dim(0), capacity, 0, false);
    }

    /**
     * Forward and backward passes of all chunks, from the cross-entropy of their targets.
     *
     * @param weights read only, and unchanged while the recording is in use
     * @param sums overwritten: number g, or the g-th of one, with the weight gradients of the chunks of group g, each
     *     sample counted {@code chunk.weight()} times
     * @return losses, and what was recorded
     */
    public Recording gradients(ParameterSet weights, List<Chunk> chunks, ParameterSet... sums) {
        return gradients(weights, null, chunks, sums);
    }

    /**
     * {@link #gradients} of one group, which also takes the batch into running statistics; records nothing.
     *
     * @param running changed where the network has batch norms
     * @return the summed loss
     */
    public Numbers train(ParameterSet weights, ParameterSet running, List<Chunk> chunks, ParameterSet gradient) {
        try (Recording passed = gradients(weights, running, chunks, gradient)) {
            return passed.losses();
        }
    }

    private Recording gradients(ParameterSet weights, ParameterSet running, List<Chunk> chunks, ParameterSet... sums) {
        requireOneChunkIfCoupled(chunks);
        prepare(weights);
        List<Span> spans = spans(chunks, sums);
        OrderedSum sum = sum(spans, sums);
        Recording recording = new Recording(this, weights, spans);
        Numbers[] losses = new Numbers[spans.size()];
        forEach(spans.size(), (i, worker) -> {
            long start = System.nanoTime();
            Span span = spans.get(i);
            ChunkSlot slot = slot(recording, i, worker);
            slot.load(span);
            graph.forward(slot.frame(), weights, Site.LOGITS);
            long forward = System.nanoTime();
            keepFeatures(span, slot);
            if (running != null) {
                graph.observe(slot.frame(), running);
            }
            slot.frame().wantImageGradient(false);
            slot.frame().wantWeightGradients(true);
            ParameterSet gradient = sum.borrow(span);
            Head head = slot.crossEntropy(span);
            losses[i] = graph.backward(slot.frame(), weights, head, gradient);
            recording.keep(i, head);
            keepProbabilities(span, slot);
            sum.add(i, gradient);
            phases.add(
                    running == null ? Phase.FORWARD : Phase.TRAINING,
                    forward - start,
                    running == null ? span.size() : 0);
            phases.add(running == null ? Phase.BACKWARD : Phase.TRAINING, System.nanoTime() - forward, span.size());
        });
        recording.setLosses(
                losses, Arrays.stream(sums).mapToInt(ParameterSet::count).sum());
        return recording;
    }

    /**
     * Forward passes of all chunks, up to a site; features are kept where a chunk asks for them.
     *
     * @param weights read only, and unchanged while the recording is in use
     * @return what was recorded, for {@link Recording#backward}; it has no losses
     */
    public Recording forward(ParameterSet weights, List<Chunk> chunks, Site site) {
        requireOneChunkIfCoupled(chunks);
        prepare(weights);
        List<Span> spans = spans(chunks);
        Recording recording = new Recording(this, weights, spans);
        forEach(spans.size(), (i, worker) -> {
            long start = System.nanoTime();
            ChunkSlot slot = slot(recording, i, worker);
            slot.load(spans.get(i));
            graph.forward(slot.frame(), weights, site);
            keepFeatures(spans.get(i), slot);
            phases.add(Phase.FORWARD, System.nanoTime() - start, spans.get(i).size());
        });
        return recording;
    }

    private List<Span> spans(List<Chunk> chunks, ParameterSet... sums) {
        return graph.takesGroups() ? Span.together(chunks, capacity, sums.length <= 1) : Span.single(chunks);
    }

    /** Hands out items to the team; one after the other on a device, where the order of kernels is all that counts. */
    public void forEach(int items, Workers.Task task) {
        if (graph.backend().memory().isOfDevice()) {
            for (int i = 0; i < items; i++) {
                task.run(i, 0);
            }
        } else {
            workers.forEach(items, task);
        }
    }

    /** The most probable class of every image of the chunks, in order, with batch norms by their running statistics. */
    public int[] predict(ParameterSet weights, ParameterSet running, List<Chunk> chunks) {
        prepare(weights);
        int[][] classes = new int[chunks.size()][];
        forEach(chunks.size(), (i, worker) -> {
            ChunkSlot slot = passingSlot(worker, chunks.get(i).size());
            slot.load(chunks.get(i));
            graph.infer(slot.frame(), weights, running);
            classes[i] = graph.backend().matrices().rowArgmax(graph.logits(slot.frame()));
        });
        return Arrays.stream(classes).flatMapToInt(Arrays::stream).toArray();
    }

    private void requireOneChunkIfCoupled(List<Chunk> chunks) {
        if (chunks.size() > 1 && graph.couplesSamples()) {
            throw new IllegalArgumentException("a network with batch norm needs its batch in one chunk");
        }
    }

    private void keepFeatures(Span span, ChunkSlot slot) {
        copy(span, graph.features(slot.frame()), (i, chunk) -> chunk.features());
    }

    private void keepProbabilities(Span span, ChunkSlot slot) {
        copy(span, slot.probabilities(span.size()), (i, chunk) -> chunk.probabilities());
    }

    /** Where something of a chunk goes. */
    interface Target {
        /** Of chunk number {@code i}; null if it is not wanted. */
        Tensor of(int i, Chunk chunk);
    }

    /** To every chunk of a span that wants it what belongs to its samples. */
    void copy(Span span, Tensor values, Target target) {
        try (Copies copies = new Copies(graph.backend().vectors())) {
            span.forEach((i, chunk, from, to) -> {
                Tensor out = target.of(i, chunk);
                if (out != null) {
                    // The whole may be tiled where a chunk is alone.
                    copies.add(span.alone() == null ? values.rows(from, to) : values, out);
                }
            });
        }
    }

    private ChunkSlot slot(Recording recording, int i, int worker) {
        ChunkSlot own = recording.slot(i);
        return own == null ? passingSlot(worker, recording.span(i).size()) : own;
    }

    private ChunkSlot passingSlot(int worker, int n) {
        if (passing[worker] == null || passing[worker].frame().capacity() < n) {
            passing[worker] = new ChunkSlot(graph, graph.newPassingFrame(room(n)));
        }
        return passing[worker];
    }

    /** Samples of a new frame that is needed for n: on a device sizes are large, and the same in every step. */
    private int room(int n) {
        return graph.backend().sets().isPresent() ? n : Math.max(n, capacity);
    }

    /** Prepares sets for passes with them. */
    void prepare(ParameterSet... sets) {
        List<Integer> steps = graph.preparingSteps();
        workers.forEach(
                steps.size() * sets.length,
                (i, worker) -> phases.time(
                        Phase.PREPARATION, () -> graph.prepare(steps.get(i % steps.size()), sets[i / steps.size()])));
    }

    /** A slot that keeps all of n samples until it is given back. */
    ChunkSlot borrow(int n) {
        for (ChunkSlot slot : free) {
            if (slot.frame().capacity() >= n) {
                free.remove(slot);
                return slot;
            }
        }
        free.clear(); // too small, on a device; elsewhere there are none
        return new ChunkSlot(graph, graph.newFrame(room(n)));
    }

    void giveBack(ChunkSlot slot) {
        free.push(slot);
    }

    /** The frame for tangents of n samples of a thread. */
    Frame tangents(int worker, int n) {
        if (tangents[worker] == null || tangents[worker].capacity() < n) {
            tangents[worker] = graph.newPassingFrame(room(n));
        }
        tangents[worker].resize(n);
        return tangents[worker];
    }

    /** What is done with the samples or groups of samples from one number (inclusive) to another (exclusive). */
    public interface Part {
        /** Works on samples of batch number {@code batch}; several threads at once, each on its own. */
        void run(int batch, int from, int to);
    }

    /**
     * Hands out {@code batches} times {@code n} samples, a chunk at a time, for work on samples that do not interact.
     */
    public void inChunks(int batches, int n, Part part) {
        inChunks(batches, n, 1, part);
    }

    /** Hands out {@code batches} times {@code n} groups of {@code each} samples, about a chunk at a time. */
    public void inChunks(int batches, int n, int each, Part part) {
        int most = Math.max(1, capacity / each);
        int parts = (n + most - 1) / most;
        forEach(batches * parts, (i, worker) -> {
            int from = i % parts * most;
            part.run(i / parts, from, Math.min(n, from + most));
        });
    }

    /** The team that runs it. */
    public Workers workers() {
        return workers;
    }

    OrderedSum sum(List<Span> spans, ParameterSet... sums) {
        return new OrderedSum(graph.takesGroups(), sets, graph.backend().vectors(), spans, sums);
    }
}
