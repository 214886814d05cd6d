package io.mdc.published;

import io.mdc.data.Normalization;
import java.util.Optional;

/**
 * What the images of a file are, which the file does not say.
 *
 * @param factor f: an image holds f×f training images as tiles; 1 for training images
 * @param tileMajor g: the images of a class are g² tiles of each of several images, all first tiles before all second
 *     ones; 1 for images in their order
 * @param normalised by what pixels were normalised; empty for pixels of which 0 is black and 1 white, or bytes
 */
public record Reading(int factor, int tileMajor, Optional<Normalization> normalised) {
    /** The most tiles of a side. */
    public static final int MOST = 16;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not from 1 to 16
     */
    public Reading {
        if (factor < 1 || factor > MOST || tileMajor < 1 || tileMajor > MOST) {
            throw new IllegalArgumentException("factor " + factor + ", tiles " + tileMajor);
        }
    }

    /** In words, for people. */
    public String words() {
        return (factor == 1 ? "images as networks are trained on them" : "images of factor " + factor)
                + (tileMajor == 1 ? "" : ", tiles of factor " + tileMajor + " put beside those of the same image")
                + (normalised.isEmpty() ? "" : ", normalised pixels turned back");
    }
}
