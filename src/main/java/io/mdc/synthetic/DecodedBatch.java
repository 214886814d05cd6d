package io.mdc.synthetic;

import io.mdc.data.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which decoded images of a class take part in a matching step: all, or a random subset if there are too many.
 *
 * <p>Numbers ascend, so that the images of any prefix come first. As the authors' code indexes positions in a shuffled
 * sample instead, a prefix there is not one of the stored images once images are left out (protocol, "Order matters").
 *
 * @param numbers of the decoded images, ascending
 * @param tilesPerImage f²
 */
public record DecodedBatch(int[] numbers, int tilesPerImage) {

    /** All images, or {@code most} of them drawn without replacement. */
    public static DecodedBatch draw(int ipc, int tilesPerImage, int most, RandomGenerator random) {
        int all = ipc * tilesPerImage;
        int[] numbers = all <= most
                ? IntStream.range(0, all).toArray()
                : Arrays.stream(Seeds.permutation(random, all))
                        .limit(most)
                        .sorted()
                        .toArray();
        return new DecodedBatch(numbers, tilesPerImage);
    }

    /** How many of the images come from the first {@code stored} stored images. */
    public int prefix(int stored) {
        int found = Arrays.binarySearch(numbers, stored * tilesPerImage);
        return found >= 0 ? found : -found - 1;
    }
}
