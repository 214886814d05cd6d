package io.mdc.testing;

import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;

/** The pixels of image sets in plain arrays. */
public final class Pictures {
    private Pictures() {}

    /** All bytes {@code [n, C, H, W]}. */
    public static byte[] bytes(ImageSet set) {
        byte[] all = new byte[set.size() * set.imageBytes()];
        for (int i = 0; i < set.size(); i++) {
            System.arraycopy(set.image(i), 0, all, i * set.imageBytes(), set.imageBytes());
        }
        return all;
    }

    /** {@code (value/255 − mean)/std} of the numbered images, {@code [n, C, H, W]}. */
    public static float[] normalised(ImageSet set, int[] images, Normalization normalization) {
        float[] values = new float[images.length * set.imageBytes()];
        int plane = set.height() * set.width();
        for (int i = 0; i < values.length; i++) {
            int channel = i / plane % set.channels();
            int value = set.image(images[i / set.imageBytes()])[i % set.imageBytes()] & 255;
            values[i] = (float) ((value / 255.0 - normalization.mean().get(channel))
                    / normalization.std().get(channel));
        }
        return values;
    }
}
