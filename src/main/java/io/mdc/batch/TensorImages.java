package io.mdc.batch;

import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;

/** Images that are in a tensor already, normalised. */
public final class TensorImages implements ImageSource {
    private final ImageOps ops;
    private final Tensor images;
    private final int[] labels;
    private final Warp[] copy;

    /** Images {@code [n, C, H, W]} with a label each; both are shared and only read. */
    public TensorImages(ImageOps ops, Tensor images, int[] labels) {
        this.ops = ops;
        this.images = images;
        this.labels = labels;
        copy = new Warp[] {Warp.identity(images.dim(2), images.dim(3))};
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int image) {
        return labels[image];
    }

    @Override
    public void load(int[] numbers, Tensor out) {
        ops.warp(images, numbers, copy, out);
    }
}
