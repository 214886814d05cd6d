package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Groups;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;

/**
 * Softmax cross-entropy with hard or soft labels: {@code ℓ = weight · Σ_i −Σ_k targets[i, k] log
 * softmax(logits[i])[k]}, of each group of samples with its own weight.
 */
final class CrossEntropy implements Head {
    private final Tensor targets;
    private final Groups groups;
    private final double[] weights;
    private final Tensor probabilities;

    /**
     * A head for samples that all have the same weight.
     *
     * @param targets {@code [n, classes]}, rows summing to 1, read only
     * @param weight factor of every sample
     * @param probabilities {@code [n, classes]}, overwritten with the softmax and read again for the tangent
     */
    CrossEntropy(Tensor targets, double weight, Tensor probabilities) {
        this(targets, Groups.whole(targets.dim(0)), new double[] {weight}, probabilities);
    }

    /** A head for groups of samples with a weight each. */
    CrossEntropy(Tensor targets, Groups groups, double[] weights, Tensor probabilities) {
        this.targets = targets;
        this.groups = groups;
        this.weights = weights;
        this.probabilities = probabilities;
    }

    @Override
    public Site site() {
        return Site.LOGITS;
    }

    @Override
    public Numbers cotangent(Backend backend, Tensor values, Tensor out) {
        return backend.matrices()
                .softmaxLoss(values, targets, groups, weights, probabilities, out)
                .then(this::weighted);
    }

    private double[] weighted(double[] losses) {
        for (int g = 0; g < losses.length; g++) {
            losses[g] *= weights[g];
        }
        return losses;
    }

    @Override
    public void tangent(Backend backend, Tensor valuesDot, Tensor out) {
        backend.matrices().softmaxLossTangent(probabilities, valuesDot, groups, weights, out);
    }
}
