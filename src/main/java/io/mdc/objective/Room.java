package io.mdc.objective;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.tensor.Tensor;

/** What an objective keeps for batches: arrays of their sizes, and how they were cut the last time. */
final class Room {
    private final Tensor gradient;
    private final Tensor features;
    private final Tensor cotangents;
    private Parts parts;

    Room(DifferentiableGraph graph, Batches batches) {
        int synthetic = batches.synthetic().size();
        gradient = batches.gradient().orElseGet(() -> graph.backend()
                .zeros(batches.synthetic().images().shape()));
        features = graph.backend().zeros(batches.real().size() + synthetic, graph.features());
        cotangents = graph.backend().zeros(synthetic, graph.features());
    }

    /** Room for the gradient of the synthetic images. */
    Tensor gradient() {
        return gradient;
    }

    /** Room for the features of the real, then of the synthetic images. */
    Tensor features() {
        return features;
    }

    /** Room for the gradient of the synthetic images' features. */
    Tensor cotangents() {
        return cotangents;
    }

    /** The cut for these prefixes. */
    Parts parts(Batches batches, Prefixes prefixes, int largest) {
        if (parts == null || !parts.serve(prefixes)) {
            parts = Parts.cut(batches, prefixes, features, gradient, largest);
        }
        return parts;
    }
}
