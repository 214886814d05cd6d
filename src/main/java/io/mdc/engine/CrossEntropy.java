package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/**
 * Softmax cross-entropy with hard or soft labels: {@code ℓ = weight · Σ_i −Σ_k targets[i, k] log
 * softmax(logits[i])[k]}.
 */
final class CrossEntropy implements Head {
    private final Tensor targets;
    private final double weight;
    private final Tensor probabilities;

    /**
     * A head for one chunk.
     *
     * @param targets {@code [n, classes]}, rows summing to 1, read only
     * @param weight factor of every sample
     * @param probabilities {@code [n, classes]}, overwritten with the softmax and read again for the tangent
     */
    CrossEntropy(Tensor targets, double weight, Tensor probabilities) {
        this.targets = targets;
        this.weight = weight;
        this.probabilities = probabilities;
    }

    @Override
    public Site site() {
        return Site.LOGITS;
    }

    @Override
    public double cotangent(Backend backend, Tensor values, Tensor out) {
        return weight * backend.matrices().softmaxLoss(values, targets, weight, probabilities, out);
    }

    @Override
    public void tangent(Backend backend, Tensor valuesDot, Tensor out) {
        backend.matrices().softmaxLossTangent(probabilities, valuesDot, weight, out);
    }
}
