package io.mdc.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Normalization;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.testing.Numbers;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final int SIZE = 16;
    private static final int DRAWS = 2000;

    private static Augmentation of(String text) {
        return new Augmentation(Augmentations.parse(text), Normalization.identity(3));
    }

    private static List<Transform> steps(Transform drawn) {
        return assertInstanceOf(Transform.Sequence.class, drawn).steps();
    }

    private static List<Transform> each(String text, int images) {
        return steps(of(text).drawEach(new SplittableRandom(1), SIZE, images));
    }

    /** The image of a bright spot at (row, column) after the transform. */
    private static double[] moved(Transform transform, int size, int row, int column) {
        double[] image = new double[size * size];
        image[row * size + column] = 1;
        Tensor tensor = TestBackends.HOST.of(image, 1, 1, size, size);
        transform.apply(TestBackends.HOST.images(), tensor);
        return tensor.toDoubles();
    }

    private static void assertSpreadOver(double low, double high, double[] draws) {
        double least = Arrays.stream(draws).min().orElseThrow();
        double most = Arrays.stream(draws).max().orElseThrow();
        double margin = (high - low) * 0.01;
        assertTrue(low <= least && least < low + margin, "smallest draw " + least);
        assertTrue(high - margin < most && most <= high, "largest draw " + most);
        assertEquals((low + high) / 2, Arrays.stream(draws).average().orElseThrow(), 3 * margin);
    }

    @Test
    void coloursSpreadOverTheirRangesInOrder() {
        List<Transform> steps = each("color", DRAWS);
        assertEquals(1, steps.size());
        Transform.Colour colour = assertInstanceOf(Transform.Colour.class, steps.get(0));
        assertSpreadOver(-0.5, 0.5, colour.amount());
        assertSpreadOver(0, 2, colour.saturation());
        assertSpreadOver(0.5, 1.5, colour.contrast());
    }

    @ParameterizedTest
    @CsvSource({"16,2", "32,4", "8,1", "14,2"})
    void cropsShiftByUpToAnEighthInEveryDirection(int size, int reach) {
        Set<List<Integer>> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(2);
        for (int draw = 0; draw < 60 * (2 * reach + 1); draw++) {
            double[] image = moved(of("crop").drawShared(random, size), size, size / 2, size / 2);
            int at = 0;
            while (image[at] == 0) {
                at++;
            }
            assertEquals(1, image[at]);
            seen.add(List.of(at / size - size / 2, at % size - size / 2));
        }
        int most = seen.stream().flatMap(List::stream).mapToInt(Math::abs).max().orElseThrow();
        assertEquals(reach, most);
        assertEquals((2 * reach + 1) * (2 * reach + 1), seen.size(), "all shifts occur");
    }

    @ParameterizedTest
    @CsvSource({"16,8", "15,8", "9,5", "32,16"})
    void cutoutsAreHalfTheSideAroundAnyPoint(int size, int side) {
        Transform.Cutout cutout = assertInstanceOf(
                Transform.Cutout.class,
                steps(of("cutout").drawEach(new SplittableRandom(3), size, DRAWS))
                        .get(0));
        int whole = 0;
        Set<Integer> tops = new HashSet<>();
        for (Rectangle r : cutout.rectangles()) {
            assertTrue(r.bottom() <= size && r.right() <= size && r.area() > 0, r::toString);
            assertTrue(r.bottom() - r.top() <= side && r.right() - r.left() <= side, r::toString);
            whole += r.area() == side * side ? 1 : 0;
            tops.add(r.top());
        }
        int inside = size - side + 1;
        int all = size + 1 - side % 2;
        assertEquals((double) inside * inside / (all * all), (double) whole / DRAWS, 0.05, "not cut off at an edge");
        assertTrue(tops.contains(0) && tops.contains(size - side / 2 - side % 2), tops::toString);
    }

    @Test
    void aboutHalfOfTheImagesAreFlipped() {
        Tensor images = TestBackends.HOST.zeros(DRAWS, 1, 4, 4);
        double[] values = new double[DRAWS * 16];
        for (int i = 0; i < DRAWS; i++) {
            values[i * 16] = 1;
        }
        images.set(values);
        of("flip").drawEach(new SplittableRandom(4), 4, DRAWS).apply(TestBackends.HOST.images(), images);
        double[] after = images.toDoubles();
        int flipped = 0;
        for (int i = 0; i < DRAWS; i++) {
            assertEquals(1, after[i * 16] + after[i * 16 + 3]);
            flipped += (int) after[i * 16 + 3];
        }
        assertEquals(0.5, (double) flipped / DRAWS, 0.05);
    }

    @Test
    void scalesAndRotationsStayWithinTheirRangesAndReachThem() {
        // where the pixel right of the centre comes from, by the weights of a ramp
        double[] ramp = new double[SIZE * SIZE];
        Arrays.setAll(ramp, i -> (2.0 * (i % SIZE) + 1) / SIZE - 1);
        double[] factors = new double[400];
        double[] degrees = new double[400];
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < factors.length; draw++) {
            double[] scaled = at(of("scale").drawShared(random, SIZE), ramp);
            factors[draw] = scaled[8 * SIZE + 9] / ramp[8 * SIZE + 9];
            double[] rotated = at(of("rotate").drawShared(random, SIZE), ramp);
            // x' = x cos − y sin, and the pixel lies at x = 3/16, y = 1/16
            double[] mirrored = {rotated[8 * SIZE + 9], rotated[7 * SIZE + 9]};
            degrees[draw] = Math.toDegrees(Math.asin((mirrored[1] - mirrored[0]) / 2 / (1.0 / SIZE)));
        }
        assertTrue(Arrays.stream(factors).min().orElseThrow() >= 1 / 1.2 - 1e-5);
        assertTrue(Arrays.stream(factors).min().orElseThrow() < 0.85);
        assertTrue(Arrays.stream(factors).max().orElseThrow() <= 1.2 + 1e-5);
        assertTrue(Arrays.stream(factors).max().orElseThrow() > 1.18);
        assertTrue(Arrays.stream(degrees).map(Math::abs).max().orElseThrow() <= 15 + 1e-2);
        assertTrue(Arrays.stream(degrees).max().orElseThrow() > 14);
        assertTrue(Arrays.stream(degrees).min().orElseThrow() < -14);
    }

    private static double[] at(Transform transform, double[] plane) {
        Tensor tensor = TestBackends.HOST.of(plane, 1, 1, SIZE, SIZE);
        transform.apply(TestBackends.HOST.images(), tensor);
        return tensor.toDoubles();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "color",
                "crop",
                "flip",
                "scale",
                "rotate",
                "cutout",
                "color,crop,cutout",
                "random-resized-crop",
                "color-jitter",
                "lighting"
            })
    void sharedDrawsTreatAllImagesAlikeAndOwnDrawsDoNot(String text) {
        double[] image = Numbers.uniform(new SplittableRandom(6), 3 * SIZE * SIZE);
        double[] batch = new double[4 * image.length];
        Arrays.setAll(batch, i -> image[i % image.length]);
        Tensor shared = TestBackends.HOST.of(batch, 4, 3, SIZE, SIZE);
        of(text).drawShared(new SplittableRandom(7), SIZE).apply(TestBackends.HOST.images(), shared);
        Tensor own = TestBackends.HOST.of(batch, 4, 3, SIZE, SIZE);
        of(text).drawEach(new SplittableRandom(7), SIZE, 4).apply(TestBackends.HOST.images(), own);
        boolean differ = false;
        for (int i = 1; i < 4; i++) {
            assertArrayEquals(
                    shared.rows(0, 1).toFloats(), shared.rows(i, i + 1).toFloats());
            differ |=
                    !Arrays.equals(own.rows(0, 1).toFloats(), own.rows(i, i + 1).toFloats());
        }
        assertTrue(differ, "images of their own draws");
    }

    @Test
    void theSameSeedGivesTheSameDraw() {
        double[] image = Numbers.uniform(new SplittableRandom(8), SIZE * SIZE);
        Augmentation augmentation = of("color,flip,crop|scale|rotate,cutout");
        double[] first = at(augmentation.drawShared(new SplittableRandom(9), SIZE), image);
        assertArrayEquals(first, at(augmentation.drawShared(new SplittableRandom(9), SIZE), image));
        assertFalse(Arrays.equals(first, at(augmentation.drawShared(new SplittableRandom(10), SIZE), image)));
    }

    @Test
    void noneChangesNothingAndDrawsNothing() {
        SplittableRandom random = new SplittableRandom(11);
        double[] image = new double[SIZE * SIZE];
        Arrays.setAll(image, i -> i / 256.0);
        assertArrayEquals(image, at(of("none").drawShared(random, SIZE), image));
        assertEquals(new SplittableRandom(11).nextLong(), random.nextLong());
    }

    @Test
    void oneAlternativeIsDrawnForTheWholeBatchAndAllOccur() {
        SplittableRandom random = new SplittableRandom(13);
        int cutouts = 0;
        int colours = 0;
        for (int draw = 0; draw < 300; draw++) {
            List<Transform> steps = steps(of("cutout|color|flip").drawEach(random, SIZE, 2));
            cutouts += steps.get(0) instanceof Transform.Cutout ? 1 : 0;
            colours += steps.get(0) instanceof Transform.Colour ? 1 : 0;
            assertEquals(1, steps.size());
        }
        assertEquals(100, cutouts, 30);
        assertEquals(100, colours, 30);
    }
}
