package io.mdc.batch;

import io.mdc.tensor.Tensor;
import java.util.Arrays;

/** Some images of a source, numbered anew; several threads may load at once if they may from the source. */
public final class ChosenImages implements ImageSource {
    private final ImageSource source;
    private final int[] numbers;

    /**
     * The numbered images of {@code source}, in this order.
     *
     * @param numbers copied
     */
    public ChosenImages(ImageSource source, int[] numbers) {
        this.source = source;
        this.numbers = numbers.clone();
    }

    @Override
    public int size() {
        return numbers.length;
    }

    @Override
    public int label(int image) {
        return source.label(numbers[image]);
    }

    @Override
    public void load(int[] images, Tensor out) {
        source.load(Arrays.stream(images).map(image -> numbers[image]).toArray(), out);
    }
}
