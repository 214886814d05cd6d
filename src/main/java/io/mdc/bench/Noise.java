package io.mdc.bench;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.matching.MatchingConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.task.LoopConfig;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Real images to measure with, 32×32 in colour, of noise.
 *
 * @param classes at least 1
 * @param perClass how many there are of each
 */
record Noise(int classes, int perClass) {
    static final int SIZE = 32;
    static final int CHANNELS = 3;
    private static final int IMAGE = CHANNELS * SIZE * SIZE;

    /** They are one array, which can have nearly as many bytes as there are numbers. */
    private static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / IMAGE;

    /** Checks that they fit into an array. */
    Noise {
        if (classes < 1 || perClass < 1 || perClass > MOST_IMAGES / classes) {
            throw new IllegalArgumentException(perClass + " images of " + classes + " classes");
        }
    }

    /**
     * As many as the settings draw on, which are not made yet.
     *
     * @throws ConfigException if the settings ask for more than there can be
     */
    static Noise of(RunConfig config, int classes) {
        int most = MOST_IMAGES / classes;
        SyntheticConfig synthetic = config.synthetic();
        int tiles = synthetic.factor() * synthetic.factor();
        config.condensing().requireStorable(classes, CHANNELS, SIZE, SIZE);
        String with = "--classes " + classes;
        requireAtMost(
                most / tiles,
                SyntheticConfig.class,
                "ipc",
                synthetic.ipc(),
                with + " and --factor " + synthetic.factor());
        requireAtMost(most, MatchingConfig.class, "batchReal", config.matching().batchReal(), with);
        requireAtMost(most * classes, LoopConfig.class, "nData", config.loop().nData(), with);
        return new Noise(
                classes,
                Math.max(
                        synthetic.decodedPerClass(),
                        Math.max(config.matching().batchReal(), (config.loop().nData() + classes - 1) / classes)));
    }

    private static void requireAtMost(
            int most, Class<? extends Record> owner, String component, int value, String with) {
        if (value > most) {
            throw new ConfigException(
                    Settings.key(owner, component),
                    value,
                    "must be at most " + most + " with " + with
                            + ", as the images of noise are one array of 2 GiB at most");
        }
    }

    /** The images, of which both splits are the same. */
    Dataset dataset() {
        byte[] pixels = new byte[classes * perClass * IMAGE];
        new SplittableRandom(0).nextBytes(pixels);
        int[] labels = new int[classes * perClass];
        Arrays.setAll(labels, i -> i % classes);
        ImageSet images = new ImageSet(pixels, labels, classes, CHANNELS, SIZE, SIZE);
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Dataset("noise", names, images, images, Normalization.of(images), List.of());
    }
}
