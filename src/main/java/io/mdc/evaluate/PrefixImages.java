package io.mdc.evaluate;

import io.mdc.augment.Transform;
import io.mdc.batch.ImageSource;
import io.mdc.data.Normalization;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The training images of a prefix: all tiles of the first n stored images of every class, class by class, image by
 * image, tiles in row order.
 *
 * <p>Only the stored images are kept, once for all prefixes; each batch is decoded and normalised as it is loaded. All
 * decoded images of a set of 50 images for each of CIFAR-100's classes and its prefixes would take 6 GB. Several
 * threads may load at once.
 */
public final class PrefixImages implements ImageSource {
    private final Backend backend;
    private final CondensedSet set;
    private final Tensor stored;
    private final MultiFormation formation;
    private final Transform normal;
    private final int size;

    private PrefixImages(
            Backend backend, CondensedSet set, Tensor stored, MultiFormation formation, Transform normal, int size) {
        this.backend = backend;
        this.set = set;
        this.stored = stored;
        this.formation = formation;
        this.normal = normal;
        this.size = size;
    }

    /** The whole set as the longest of its prefixes; takes memory for the stored images. */
    public static PrefixImages whole(CondensedSet set, Backend backend, Normalization normalization) {
        return new PrefixImages(
                backend,
                set,
                set.images(backend),
                new MultiFormation(set.factor(), set.height(), set.width()),
                Transform.ChannelScale.of(normalization),
                set.ipc());
    }

    /** Those of images as they are now, cut into {@code factor × factor} tiles each; they are copied. */
    public static PrefixImages of(SyntheticSet images, int factor, Backend backend, Normalization normalization) {
        return whole(
                new CondensedSet(images.images().toFloats(), images.images().shape(), images.classes(), factor),
                backend,
                normalization);
    }

    /**
     * The prefix of {@code n} stored images per class, sharing memory with this one.
     *
     * @throws IllegalArgumentException if the set has fewer
     */
    public PrefixImages prefix(int n) {
        if (n < 1 || n > set.ipc()) {
            throw new IllegalArgumentException("a prefix of size " + n + " of " + set.ipc() + " images per class");
        }
        return new PrefixImages(backend, set, stored, formation, normal, n);
    }

    @Override
    public int size() {
        return set.classes() * perClass();
    }

    @Override
    public int label(int image) {
        return image / perClass();
    }

    @Override
    public void load(int[] images, Tensor out) {
        List<Tile> tiles = Arrays.stream(images).mapToObj(this::tile).toList();
        formation.decode(backend.images(), stored, tiles, out);
        normal.apply(backend.images(), out);
    }

    /** Where a training image is, the stored images of all classes being numbered as one. */
    private Tile tile(int image) {
        int inClass = image % perClass();
        int tiles = formation.tilesPerImage();
        return new Tile(label(image) * set.ipc() + inClass / tiles, set.factor(), inClass % tiles);
    }

    private int perClass() {
        return size * formation.tilesPerImage();
    }
}
