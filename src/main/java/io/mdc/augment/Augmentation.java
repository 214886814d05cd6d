package io.mdc.augment;

import io.mdc.data.Normalization;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Warp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What may happen to a batch: stages applied in order, each one transform or a choice of one per batch.
 *
 * <p>Strengths (docs/method.md, Augmentation): brightness ±0.5 added, then saturation U(0, 2) about each pixel's
 * channel mean, then contrast U(0.5, 1.5) about each image's mean ({@code color}); shift by up to 12.5 %
 * ({@code crop}); a square of half the side set to 0 ({@code cutout}); scaling by U(1/1.2, 1.2) per axis; rotation
 * within ±15°; {@code flip} with probability ½.
 *
 * <p>For ImageNet: a part of U(0.5, 1) of the area, of sides in a ratio of 3/4 to 4/3, enlarged bilinearly to the whole
 * ({@code random-resized-crop}; the whole after ten draws that do not fit), and {@link ImageNetColours}.
 *
 * @param stages which transforms, in order, with the alternatives of every stage
 * @param normalization of the images, which colour changes of ImageNet need to know
 */
public record Augmentation(Augmentations stages, Normalization normalization) {
    private static final double BRIGHTNESS = 1.0;
    private static final double SATURATION = 2.0;
    private static final double CONTRAST = 0.5;
    private static final double SHIFT = 0.125;
    private static final double CUTOUT = 0.5;
    private static final double SCALE = 1.2;
    private static final double DEGREES = 15;
    private static final double SMALLEST_PART = 0.5;
    private static final double WIDEST = 4.0 / 3;
    private static final int CROP_ATTEMPTS = 10;

    /** Fixes one set of random numbers for a whole batch of square images of {@code size} pixels. */
    public Transform drawShared(RandomGenerator random, int size) {
        return draw(random, size, 1);
    }

    /** Fixes random numbers for each of {@code images} images of {@code size} pixels; alternatives are chosen once. */
    public Transform drawEach(RandomGenerator random, int size, int images) {
        return draw(random, size, images);
    }

    private Transform draw(RandomGenerator random, int size, int count) {
        List<Transform> steps = new ArrayList<>();
        for (List<TransformKind> alternatives : stages.steps()) {
            TransformKind kind = alternatives.get(alternatives.size() == 1 ? 0 : random.nextInt(alternatives.size()));
            switch (kind) {
                case COLOR ->
                    steps.add(new Transform.Colour(
                            fill(count, () -> BRIGHTNESS * (random.nextDouble() - 0.5)),
                            fill(count, () -> SATURATION * random.nextDouble()),
                            fill(count, () -> CONTRAST + random.nextDouble())));
                case CROP -> steps.add(warps(count, () -> crop(random, size)));
                case FLIP ->
                    steps.add(warps(
                            count, () -> random.nextBoolean() ? Warp.flip(size, size) : Warp.identity(size, size)));
                case SCALE -> steps.add(warps(count, () -> scale(random, size)));
                case ROTATE -> steps.add(warps(count, () -> rotate(random, size)));
                case RANDOM_RESIZED_CROP -> steps.add(warps(count, () -> randomResizedCrop(random, size)));
                case COLOR_JITTER -> steps.add(new ImageNetColours(normalization).jitter(random, count));
                case LIGHTING -> steps.add(new ImageNetColours(normalization).lighting(random, count));
                case CUTOUT -> {
                    Rectangle[] rectangles = new Rectangle[count];
                    Arrays.setAll(rectangles, i -> square(random, size));
                    steps.add(new Transform.Cutout(rectangles));
                }
            }
        }
        return new Transform.Sequence(steps);
    }

    private static Warp randomResizedCrop(RandomGenerator random, int size) {
        for (int attempt = 0; attempt < CROP_ATTEMPTS; attempt++) {
            double area = size * size * (SMALLEST_PART + (1 - SMALLEST_PART) * random.nextDouble());
            double ratio = Math.exp(Math.log(WIDEST) * (2 * random.nextDouble() - 1));
            int width = (int) Math.rint(Math.sqrt(area * ratio));
            int height = (int) Math.rint(Math.sqrt(area / ratio));
            if (width <= size && height <= size) {
                int top = random.nextInt(size - height + 1);
                int left = random.nextInt(size - width + 1);
                return Warp.enlargeTile(size, size, top, left, height, width, 0, size, size);
            }
        }
        return Warp.identity(size, size);
    }

    private static Warp crop(RandomGenerator random, int size) {
        int reach = (int) (size * SHIFT + 0.5);
        int rows = random.nextInt(2 * reach + 1) - reach;
        int columns = random.nextInt(2 * reach + 1) - reach;
        return Warp.shift(size, size, rows, columns);
    }

    private static Warp scale(RandomGenerator random, int size) {
        double x = 1 / SCALE + random.nextDouble() * (SCALE - 1 / SCALE);
        double y = 1 / SCALE + random.nextDouble() * (SCALE - 1 / SCALE);
        return Warp.linear(size, size, x, 0, 0, y);
    }

    private static Warp rotate(RandomGenerator random, int size) {
        return rotation(size, DEGREES * (2 * random.nextDouble() - 1));
    }

    /** The rotation of square planes by {@code degrees}, bilinear, 0 outside. */
    public static Warp rotation(int size, double degrees) {
        double angle = Math.toRadians(degrees);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return Warp.linear(size, size, cos, -sin, sin, cos);
    }

    /** A square of half the side around any pixel corner, cut off at the edges. */
    private static Rectangle square(RandomGenerator random, int size) {
        int side = (int) (size * CUTOUT + 0.5);
        int top = random.nextInt(size + 1 - side % 2) - side / 2;
        int left = random.nextInt(size + 1 - side % 2) - side / 2;
        return new Rectangle(
                Math.max(0, top), Math.min(size, top + side), Math.max(0, left), Math.min(size, left + side));
    }

    private static double[] fill(int count, Supplier<Double> draw) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> draw.get());
        return values;
    }

    private static Transform warps(int count, Supplier<Warp> draw) {
        Warp[] warps = new Warp[count];
        Arrays.setAll(warps, i -> draw.get());
        return new Transform.Geometric(warps);
    }
}
