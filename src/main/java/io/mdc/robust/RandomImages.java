package io.mdc.robust;

import io.mdc.base.Seeds;
import io.mdc.batch.ChosenImages;
import io.mdc.batch.ImageSource;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random real images, as many of each class as a prefix has training images, drawn anew for every repeat. */
public final class RandomImages implements PrefixEvaluator.Images {
    private final Dataset data;
    private final ImageSource real;
    private final int tiles;
    private final long seed;

    /**
     * Draws from the training images of {@code data}.
     *
     * @param tiles training images of a stored image, f²
     * @param seed of all draws
     */
    public RandomImages(Dataset data, Backend backend, int tiles, long seed) {
        this.data = data;
        this.tiles = tiles;
        this.seed = seed;
        real = new RealImages(backend.images(), data.train(), data.normalization());
    }

    /**
     * A draw without replacement, class by class.
     *
     * @throws ConfigException if a class has too few images
     */
    @Override
    public ImageSource of(int size, int repeat) {
        RandomGenerator random = Seeds.generator(seed, "random-images", size, repeat);
        return new ChosenImages(
                real,
                IntStream.range(0, data.classes())
                        .flatMap(label -> Arrays.stream(drawn(label, size, random)))
                        .toArray());
    }

    private int[] drawn(int label, int size, RandomGenerator random) {
        ImageSet train = data.train();
        int[] all = train.indicesOfClass(label);
        if (all.length < size * tiles) {
            throw new ConfigException(
                    "sizes",
                    size,
                    "needs " + size * tiles + " random real images of every class, and "
                            + data.classNames().get(label) + " has " + all.length);
        }
        return Arrays.stream(Seeds.permutation(random, all.length))
                .limit((long) size * tiles)
                .map(place -> all[place])
                .toArray();
    }
}
