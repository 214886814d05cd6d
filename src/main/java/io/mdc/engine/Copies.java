package io.mdc.engine;

import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.Optional;

/** Copies of rows that are asked for one after the other, made together where both sides lie behind each other. */
final class Copies implements AutoCloseable {
    private final VectorOps vectors;
    private Tensor from;
    private Tensor to;

    Copies(VectorOps vectors) {
        this.vectors = vectors;
    }

    /** Copies one tensor to another, at the latest when this is closed. */
    void add(Tensor nextFrom, Tensor nextTo) {
        Optional<Tensor> bothFrom = from == null ? Optional.empty() : from.followedBy(nextFrom);
        Optional<Tensor> bothTo = bothFrom.isEmpty() ? Optional.empty() : to.followedBy(nextTo);
        if (bothTo.isPresent()) {
            from = bothFrom.get();
            to = bothTo.get();
        } else {
            close();
            from = nextFrom;
            to = nextTo;
        }
    }

    @Override
    public void close() {
        if (from != null) {
            vectors.copy(from, to);
            from = null;
        }
    }
}
