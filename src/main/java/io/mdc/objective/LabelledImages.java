package io.mdc.objective;

import io.mdc.tensor.Tensor;

/**
 * Images as the network sees them, with hard or soft labels.
 *
 * @param images {@code [n, C, H, W]}, normalised and augmented
 * @param targets {@code [n, classes]}, rows summing to 1
 */
public record LabelledImages(Tensor images, Tensor targets) {
    /**
     * Checks that there are as many labels as images.
     *
     * @throws IllegalArgumentException if not
     */
    public LabelledImages {
        if (images.dim(0) != targets.dim(0)) {
            throw new IllegalArgumentException(targets.dim(0) + " labels for " + images.dim(0) + " images");
        }
    }

    /** The number of images. */
    public int size() {
        return images.dim(0);
    }
}
