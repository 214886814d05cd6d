package io.mdc.engine;

import io.mdc.tensor.Tensor;

/** The memory of one chunk on its way through a graph: a frame, and room for the softmax of its samples. */
final class ChunkSlot {
    private final Frame frame;
    private final Tensor probabilities;
    private final Tensor[] views;

    ChunkSlot(DifferentiableGraph graph, Frame frame) {
        this.frame = frame;
        probabilities = graph.backend().zeros(frame.capacity(), graph.classes());
        views = new Tensor[frame.capacity() + 1];
    }

    Frame frame() {
        return frame;
    }

    /** Takes in a chunk's images; the rest of the memory is then of as many samples and unspecified. */
    void load(DifferentiableGraph graph, Chunk chunk) {
        frame.resize(chunk.size());
        graph.backend().vectors().copy(chunk.images(), frame.value(0));
    }

    /** The cross-entropy of the chunk that was loaded. */
    Head crossEntropy(Chunk chunk) {
        return new CrossEntropy(chunk.targets(), chunk.weight(), probabilities(chunk.size()));
    }

    /** The softmax {@code [n, classes]} that the cross-entropy of the chunk left. */
    Tensor probabilities(int n) {
        if (views[n] == null) {
            views[n] = probabilities.rows(0, n);
        }
        return views[n];
    }
}
