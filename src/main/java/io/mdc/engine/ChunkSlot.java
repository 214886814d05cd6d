package io.mdc.engine;

import io.mdc.tensor.Tensor;

/** The memory of one span on its way through a graph: a frame, and room for the softmax of its samples. */
final class ChunkSlot {
    private final DifferentiableGraph graph;
    private final Frame frame;
    private final Tensor probabilities;
    private final Tensor[] views;
    private Tensor targets;

    ChunkSlot(DifferentiableGraph graph, Frame frame) {
        this.graph = graph;
        this.frame = frame;
        probabilities = graph.backend().zeros(frame.capacity(), graph.classes());
        views = new Tensor[frame.capacity() + 1];
    }

    Frame frame() {
        return frame;
    }

    /** Takes in a chunk's images; the rest of the memory is then of as many samples and unspecified. */
    void load(Chunk chunk) {
        frame.resize(chunk.size());
        graph.backend().vectors().copy(chunk.images(), frame.value(0));
    }

    /** Takes in the images of a span's chunks. */
    void load(Span span) {
        if (span.alone() != null) {
            load(span.alone());
            return;
        }
        frame.resize(span.size());
        frame.group(span.groups());
        try (Copies copies = new Copies(graph.backend().vectors())) {
            span.forEach((i, chunk, from, to) ->
                    copies.add(chunk.images(), frame.value(0).rows(from, to)));
        }
    }

    /** The cross-entropy of the span that was loaded. */
    Head crossEntropy(Span span) {
        return new CrossEntropy(targets(span), span.groups(), span.weights(), probabilities(span.size()));
    }

    private Tensor targets(Span span) {
        if (span.alone() != null) {
            return span.alone().targets();
        }
        if (targets == null) {
            targets = graph.backend().zeros(probabilities.shape());
        }
        try (Copies copies = new Copies(graph.backend().vectors())) {
            span.forEach((i, chunk, from, to) -> copies.add(chunk.targets(), targets.rows(from, to)));
        }
        return targets.rows(0, span.size());
    }

    /** The softmax {@code [n, classes]} that the cross-entropy of the chunk left. */
    Tensor probabilities(int n) {
        if (views[n] == null) {
            views[n] = probabilities.rows(0, n);
        }
        return views[n];
    }
}
