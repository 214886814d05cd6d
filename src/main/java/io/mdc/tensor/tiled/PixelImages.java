package io.mdc.tensor.tiled;

import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;

/** Images of a batch, one at a time, as {@link Layout#PIXELS} in heap memory of one thread. */
final class PixelImages {
    private final Vectors read = new Vectors();
    private final Vectors planes = new Vectors();

    /** Image {@code i}, valid until the next one is read; the batch is in planes or pixels. */
    float[] read(Tensor batch, int i, Tiles tiles) {
        int elements = tiles.elements();
        float[] image = read.of(elements);
        if (batch.layout() == Layout.PIXELS) {
            batch.host().floats().get(i * elements, image, 0, elements);
            return image;
        }
        float[] from = planes.of(elements);
        batch.host().floats().get(i * elements, from, 0, elements);
        int channels = tiles.channels();
        int pixels = tiles.height() * tiles.width();
        for (int c = 0; c < channels; c++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                image[pixel * channels + c] = from[c * pixels + pixel];
            }
        }
        return image;
    }

    /** The inverse of {@link #read}, from any array. */
    void write(float[] image, Tensor batch, int i, Tiles tiles) {
        int elements = tiles.elements();
        if (batch.layout() == Layout.PIXELS) {
            batch.host().floats().put(i * elements, image, 0, elements);
            return;
        }
        float[] to = planes.of(elements);
        int channels = tiles.channels();
        int pixels = tiles.height() * tiles.width();
        for (int c = 0; c < channels; c++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                to[c * pixels + pixel] = image[pixel * channels + c];
            }
        }
        batch.host().floats().put(i * elements, to, 0, elements);
    }
}
