package io.mdc.shapes;

import io.mdc.base.Seeds;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.setting.ConfigException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The built-in data set: 32x32 colour images of ten kinds of figures, generated from a seed.
 *
 * <p>Position, size, proportions, rotation, colours, textures, background, distracting marks and noise vary; only the
 * outline tells the class. Image i of a split shows class {@code i mod 10} and is drawn from its own generator, so a
 * larger set begins with the images of a smaller one.
 */
public final class Shapes implements DatasetSource {
    /** Number of training images unless asked otherwise. */
    public static final int TRAIN_IMAGES = 2000;

    /** Number of test images unless asked otherwise. */
    public static final int TEST_IMAGES = 1000;

    /** Seed of the images unless asked otherwise. */
    public static final long SEED = 0;

    private static final List<String> CLASS_NAMES = Arrays.stream(ShapeKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    private final long seed;
    private final int trainImages;
    private final int testImages;

    /** Creates the source of the default images. */
    public Shapes() {
        this(SEED, TRAIN_IMAGES, TEST_IMAGES);
    }

    /**
     * Creates a source of other images.
     *
     * @param seed determines all images
     * @param trainImages a positive multiple of 10
     * @param testImages a positive multiple of 10
     * @throws IllegalArgumentException if a number of images is not a positive multiple of 10
     */
    public Shapes(long seed, int trainImages, int testImages) {
        this.seed = seed;
        this.trainImages = balanced("training", trainImages);
        this.testImages = balanced("test", testImages);
    }

    @Override
    public DatasetCard card() {
        return new DatasetCard(
                "shapes",
                "generated pictures of 10 kinds of figures, 32x32, 2,000 training and 1,000 test images; no files needed",
                CLASS_NAMES,
                Optional.empty(),
                "",
                "",
                List.of());
    }

    @Override
    public boolean readsFiles() {
        return false;
    }

    /**
     * Draws both splits.
     *
     * @return the data set; the normalization is that of its training images
     * @throws ConfigException if the request names files, or asks for images of another kind
     */
    @Override
    public Dataset load(LoadRequest request) {
        request.directory().ifPresent(directory -> {
            throw new ConfigException(
                    "data-dir",
                    directory,
                    "is for data sets in files; " + name() + " is built in, --dataset names others");
        });
        request.requireNoImageOptions(name());
        ImageSet train = draw("train", trainImages);
        ImageSet test = draw("test", testImages);
        List<SourceFile> sources = List.of(source("train", train), source("test", test));
        return new Dataset(name(), CLASS_NAMES, train, test, Normalization.of(train), sources);
    }

    private ImageSet draw(String split, int images) {
        ShapeKind[] kinds = ShapeKind.values();
        int imageBytes = ShapePainter.CHANNELS * ShapePainter.SIDE * ShapePainter.SIDE;
        byte[] pixels = new byte[Math.multiplyExact(images, imageBytes)];
        int[] labels = new int[images];
        IntStream.range(0, images).parallel().forEach(i -> {
            labels[i] = i % kinds.length;
            new ShapePainter(Seeds.generator(seed, "shapes-" + split, i))
                    .paint(kinds[labels[i]], pixels, i * imageBytes);
        });
        return new ImageSet(pixels, labels, kinds.length, ShapePainter.CHANNELS, ShapePainter.SIDE, ShapePainter.SIDE);
    }

    private SourceFile source(String split, ImageSet set) {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        IntStream.range(0, set.size()).forEach(image -> sha256.update(set.image(image)));
        return new SourceFile(
                "generated: shapes, " + split + ", seed " + seed,
                (long) set.size() * set.imageBytes(),
                Hex.encodeHexString(sha256.digest()));
    }

    private static int balanced(String split, int images) {
        if (images < 1 || images % ShapeKind.values().length != 0) {
            throw new IllegalArgumentException("shapes: " + images + " " + split
                    + " images, expected a positive multiple of " + ShapeKind.values().length);
        }
        return images;
    }
}
