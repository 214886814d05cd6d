package io.mdc.synthetic;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/**
 * The images that are learned: {@code [classes·N, C, H, W]}, class-major, values meant to be in [0, 1].
 *
 * <p>Owned and overwritten by condensation; nothing here is thread-safe.
 */
public final class SyntheticSet {
    private final Backend backend;
    private final int classes;
    private final int ipc;
    private final Tensor images;

    /** A set of black images of shape {@code [C, H, W]}. */
    public SyntheticSet(Backend backend, int classes, int ipc, int[] image) {
        this.backend = backend;
        this.classes = classes;
        this.ipc = ipc;
        images = backend.zeros(classes * ipc, image[0], image[1], image[2]);
    }

    /** All images; shared. */
    public Tensor images() {
        return images;
    }

    /** The N images of a class, a view {@code [N, C, H, W]}. */
    public Tensor ofClass(int label) {
        return images.rows(label * ipc, (label + 1) * ipc);
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** Stored images per class, N. */
    public int ipc() {
        return ipc;
    }

    /** Limits all values to [0, 1] (start of every outer loop). */
    public void clamp() {
        backend.vectors().clamp(images, 0, 1);
    }
}
