package io.mdc.synthetic;

import io.mdc.base.DataException;
import io.mdc.batch.RealImages;
import io.mdc.coreset.Coreset;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.random.RandomGenerator;

/**
 * Fills a synthetic set before the first step (docs/method.md, Algorithm 1, step 1).
 *
 * <p>Real images are taken in the order of the data set, {@code startIndex} whole blocks later; so the first images do
 * not depend on the seed, as in the authors' code. With {@code mix} tile k of image i comes from image {@code k·N + i}
 * of the block, so that a block is N·f² images; with {@code random} it is N.
 *
 * <p>Real images that a {@link Coreset} chooses become collages too, but image i holds choices {@code i·f²} to
 * {@code i·f² + f² − 1}: so the first n images are what the rule chooses for n.
 */
public final class Initialization {
    /** Chooses real images by what a network sees in them. */
    public interface Chooser {
        /** Numbers of {@code count} real images of class {@code label}, in the rule's order. */
        int[] choose(Coreset rule, int label, int count);
    }

    private final Backend backend;
    private final SyntheticConfig config;
    private final MultiFormation formation;
    private final ImageSet real;
    private final Normalization noise;

    /**
     * An initialisation from the training images.
     *
     * @param noise mean and deviation of the values of every channel, for {@code noise}
     * @throws DataException if a class has too few images
     */
    public Initialization(
            Backend backend, SyntheticConfig config, MultiFormation formation, Dataset data, Normalization noise) {
        this.backend = backend;
        this.config = config;
        this.formation = formation;
        this.real = data.train();
        this.noise = noise;
        requireEnough(config, data);
    }

    /**
     * Checks that every class has the real images that the first images are made from.
     *
     * @throws DataException if one has not
     */
    public static void requireEnough(SyntheticConfig config, Dataset data) {
        if (config.startIndex() > 0 && config.init() == Init.NOISE) {
            throw new ConfigException(
                    "start-index",
                    config.startIndex(),
                    "must be 0 with --init noise, which begins with no real images, so that all begin alike");
        }
        long needed = (long) block(config) * (config.startIndex() + 1);
        boolean chosen = config.init().coreset().isPresent();
        for (int c = 0; c < data.classes() && needed > 0; c++) {
            int available = data.train().indicesOfClass(c).length;
            if (available < needed) {
                throw new DataException(
                        "--ipc " + config.ipc() + ": needs " + needed + " real images of each class to start from (ipc "
                                + (config.init() == Init.RANDOM ? "" : "· factor² ")
                                + (chosen ? "with --init " + TextForm.format(config.init()) : "· (start-index + 1)")
                                + "), class " + data.classNames().get(c) + " has " + available
                                + "; take fewer images per class or another data set");
            }
        }
    }

    /**
     * Overwrites all images, with values from 0 to 1 but for noise, which has no limits.
     *
     * @param random drawn from only for noise
     * @param chooser asked only if the settings want images chosen
     */
    public void fill(SyntheticSet set, RandomGenerator random, Chooser chooser) {
        for (int label = 0; label < set.classes(); label++) {
            Tensor images = set.ofClass(label);
            Optional<Coreset> rule = config.init().coreset();
            if (rule.isPresent()) {
                collage(byImage(chooser.choose(rule.get(), label, config.decodedPerClass())), images);
                continue;
            }
            switch (config.init()) {
                case MIX -> collage(byTile(block(label)), images);
                case RANDOM -> load(block(label), images);
                case NOISE -> noise(random, images);
                default -> throw new IllegalArgumentException("first images of no method");
            }
        }
    }

    /** Tiles from real images {@code [f²][N]}. */
    private void collage(int[][] numbers, Tensor images) {
        Tensor whole = backend.zeros(images.shape());
        Tensor tile = backend.zeros(images.shape());
        backend.vectors().fill(images, 0);
        for (int k = 0; k < formation.tilesPerImage(); k++) {
            load(numbers[k], whole);
            backend.images().warp(whole, null, new Warp[] {formation.shrink(k)}, tile);
            backend.vectors().addScaled(1, tile, images);
        }
    }

    /** The class's block of real images. */
    private int[] block(int label) {
        int from = block(config) * config.startIndex();
        return Arrays.copyOfRange(real.indicesOfClass(label), from, from + block(config));
    }

    /** Tile after tile, the first of all images first. */
    private int[][] byTile(int[] numbers) {
        return tiles((k, i) -> numbers[k * config.ipc() + i]);
    }

    /** Image after image, all tiles of the first one first. */
    private int[][] byImage(int[] numbers) {
        return tiles((k, i) -> numbers[i * formation.tilesPerImage() + k]);
    }

    private int[][] tiles(IntBinaryOperator number) {
        int[][] tiles = new int[formation.tilesPerImage()][config.ipc()];
        for (int k = 0; k < tiles.length; k++) {
            int tile = k;
            Arrays.setAll(tiles[k], i -> number.applyAsInt(tile, i));
        }
        return tiles;
    }

    private void load(int[] numbers, Tensor images) {
        new RealImages(backend.images(), real, Normalization.identity(real.channels())).load(numbers, images);
    }

    private void noise(RandomGenerator random, Tensor images) {
        double[] values = new double[Math.toIntExact(images.size())];
        int plane = images.dim(2) * images.dim(3);
        Arrays.setAll(values, i -> {
            int channel = i / plane % noise.channels();
            return noise.mean().get(channel) + noise.std().get(channel) * random.nextGaussian();
        });
        images.set(values);
    }

    /** Real images per class and start index. */
    private static int block(SyntheticConfig config) {
        return switch (config.init()) {
            case RANDOM -> config.ipc();
            case NOISE, AUTO -> 0;
            default -> config.decodedPerClass();
        };
    }
}
