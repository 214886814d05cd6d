package io.mdc.batch;

import io.mdc.tensor.Tensor;

/** Numbered labelled images that batches are drawn from. */
public interface ImageSource {

    /** The number of images. */
    int size();

    /** The class of an image, from 0. */
    int label(int image);

    /**
     * Writes normalised images.
     *
     * @param images numbers of the images wanted
     * @param out {@code [images.length, C, H, W]}, overwritten
     */
    void load(int[] images, Tensor out);
}
