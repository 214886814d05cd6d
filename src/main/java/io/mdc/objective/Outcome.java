package io.mdc.objective;

import io.mdc.tensor.Tensor;

/**
 * What an objective returns; its arrays are the objective's and stay until it is evaluated again.
 *
 * @param losses both terms
 * @param gradient of their sum with respect to the synthetic images, {@code [M, C, H, W]}, 0 for frozen ones; the
 *     caller may change it
 * @param features the last feature layer {@code [B + M, features]} of the real, then of the synthetic images
 * @param distances of the prefixes that were to be measured, by the objective's own measure; never written to
 */
public record Outcome(Losses losses, Tensor gradient, Tensor features, double[] distances) {

    /** B, the number of real images. */
    public int realImages() {
        return features.dim(0) - gradient.dim(0);
    }
}
