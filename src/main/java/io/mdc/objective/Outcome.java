package io.mdc.objective;

import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What an objective returns; its arrays are the objective's and stay until it is evaluated again. On a device losses
 * and distances may not be known yet, see {@link Numbers}.
 *
 * @param found both terms of the loss
 * @param gradient of their sum with respect to the synthetic images, {@code [M, C, H, W]}, 0 for frozen ones; the
 *     caller may change it
 * @param features the last feature layer {@code [B + M, features]} of the real, then of the synthetic images
 * @param measured distances of the prefixes that were to be measured, by the objective's own measure
 */
public record Outcome(Supplier<Losses> found, Tensor gradient, Tensor features, Numbers measured) {

    /** One whose losses and distances are known. */
    Outcome(Losses losses, Tensor gradient, Tensor features, double[] distances) {
        this(() -> losses, gradient, features, Numbers.of(distances));
    }

    /** Both terms of the loss, once they are known. */
    public Losses losses() {
        return found.get();
    }

    /** The distances, once they are known. */
    public double[] distances() {
        return measured.get();
    }

    /** B, the number of real images. */
    public int realImages() {
        return features.dim(0) - gradient.dim(0);
    }
}
