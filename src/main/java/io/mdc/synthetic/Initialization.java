package io.mdc.synthetic;

import io.mdc.base.DataException;
import io.mdc.batch.RealImages;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Fills a synthetic set before the first step (docs/method.md, Algorithm 1, step 1).
 *
 * <p>Real images are taken in the order of the data set, {@code startIndex} whole blocks later; so the first images do
 * not depend on the seed, as in the authors' code. With {@code mix} tile k of image i comes from image {@code k·N + i}
 * of the block, so that a block is N·f² images; with {@code random} it is N.
 */
public final class Initialization {
    private static final double NOISE_MEAN = 0.5;
    private static final double NOISE_DEVIATION = 0.25;

    private final Backend backend;
    private final SyntheticConfig config;
    private final MultiFormation formation;
    private final ImageSet real;

    /**
     * An initialisation from {@code real}.
     *
     * @throws DataException if a class has too few images
     */
    public Initialization(Backend backend, SyntheticConfig config, MultiFormation formation, ImageSet real) {
        this.backend = backend;
        this.config = config;
        this.formation = formation;
        this.real = real;
        requireEnough(config, real);
    }

    /**
     * Checks that every class has the real images that the first images are made from.
     *
     * @throws DataException if one has not
     */
    public static void requireEnough(SyntheticConfig config, ImageSet real) {
        long needed = (long) block(config) * (config.startIndex() + 1);
        for (int c = 0; c < real.classes() && needed > 0; c++) {
            int available = real.indicesOfClass(c).length;
            if (available < needed) {
                throw new DataException(
                        "--ipc " + config.ipc() + ": needs " + needed + " real images of each class to start from (ipc "
                                + (config.init() == Init.MIX ? "· factor² " : "")
                                + "· (start-index + 1)), class " + c + " has " + available
                                + "; take fewer images per class or another data set");
            }
        }
    }

    /** Overwrites all images; {@code random} is drawn from only for noise. */
    public void fill(SyntheticSet set, RandomGenerator random) {
        for (int label = 0; label < set.classes(); label++) {
            switch (config.init()) {
                case MIX -> collage(label, set.ofClass(label));
                case RANDOM -> load(label, 0, set.ofClass(label));
                case NOISE -> noise(random, set.ofClass(label));
            }
        }
        set.clamp();
    }

    private void collage(int label, Tensor images) {
        Tensor whole = backend.zeros(images.shape());
        Tensor tile = backend.zeros(images.shape());
        backend.vectors().fill(images, 0);
        for (int k = 0; k < formation.tilesPerImage(); k++) {
            load(label, k, whole);
            backend.images().warp(whole, null, new Warp[] {formation.shrink(k)}, tile);
            backend.vectors().addScaled(1, tile, images);
        }
    }

    /** The k-th run of N images of the class's block. */
    private void load(int label, int k, Tensor images) {
        int from = block(config) * config.startIndex() + k * config.ipc();
        int[] numbers = Arrays.copyOfRange(real.indicesOfClass(label), from, from + config.ipc());
        new RealImages(backend.images(), real, Normalization.identity(real.channels())).load(numbers, images);
    }

    private static void noise(RandomGenerator random, Tensor images) {
        double[] values = new double[Math.toIntExact(images.size())];
        Arrays.setAll(values, i -> NOISE_MEAN + NOISE_DEVIATION * random.nextGaussian());
        images.set(values);
    }

    /** Real images per class and start index. */
    private static int block(SyntheticConfig config) {
        return switch (config.init()) {
            case MIX -> config.decodedPerClass();
            case RANDOM -> config.ipc();
            case NOISE -> 0;
        };
    }
}
