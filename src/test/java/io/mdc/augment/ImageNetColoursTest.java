package io.mdc.augment;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.uniform;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Normalization;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of normalised images against the same changes of values in [0, 1]. */
class ImageNetColoursTest {
    private static final Normalization NORMALIZATION =
            new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    private static final int PLANE = 16;
    private static final double[] FACTORS = {0.7, 1.3};

    private final ImageNetColours colours = new ImageNetColours(NORMALIZATION);
    private final double[] values = uniform(new SplittableRandom(1), 2 * 3 * PLANE);

    private static double[] normalised(double[] values) {
        double[] x = new double[values.length];
        for (int i = 0; i < x.length; i++) {
            int c = i / PLANE % 3;
            x[i] = (values[i] - NORMALIZATION.mean().get(c))
                    / NORMALIZATION.std().get(c);
        }
        return x;
    }

    private double grey(int image, int pixel) {
        int at = image * 3 * PLANE + pixel;
        return 0.299 * values[at] + 0.587 * values[at + PLANE] + 0.114 * values[at + 2 * PLANE];
    }

    private void check(Backend backend, Transform transform, double[] expected) {
        Tensor images = backend.of(normalised(values), 2, 3, 4, 4);
        transform.apply(backend.images(), images);
        assertClose(normalised(expected), images.toDoubles(), TestBackends.tolerance(backend, 1e-12, 1e-5));
    }

    private double[] changed(DoubleUnaryOperator target) {
        double[] changed = new double[values.length];
        Arrays.setAll(changed, i -> {
            double f = FACTORS[i / (3 * PLANE)];
            return f * values[i] + (1 - f) * target.applyAsDouble(i);
        });
        return changed;
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void brightnessMultiplies(Backend backend) {
        check(backend, colours.brightness(FACTORS), changed(i -> 0));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void saturationBlendsWithGrey(Backend backend) {
        check(backend, colours.saturation(FACTORS), changed(i -> grey((int) i / (3 * PLANE), (int) i % PLANE)));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void contrastBlendsWithTheMeanGreyOfTheImage(Backend backend) {
        double[] means = new double[2];
        for (int k = 0; k < 2 * PLANE; k++) {
            means[k / PLANE] += grey(k / PLANE, k % PLANE) / PLANE;
        }
        check(backend, colours.contrast(FACTORS), changed(i -> means[(int) i / (3 * PLANE)]));
    }

    @Test
    void lightingShiftsWholeImagesMostlyInBrightness() {
        Backend backend = TestBackends.DOUBLE;
        Tensor images = backend.zeros(200, 3, 1, 1);
        colours.lighting(new SplittableRandom(3), 200).apply(backend.images(), images);
        double[] shifts = images.toDoubles();
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < 200; i++) {
            double red = shifts[3 * i] * 0.229;
            double green = shifts[3 * i + 1] * 0.224;
            squares += red * red / 200;
            differences += (red - green) * (red - green) / 200;
        }
        double expected =
                0.01 * (Math.pow(0.5675 * 0.2175, 2) + Math.pow(0.7192 * 0.0188, 2) + Math.pow(0.4009 * 0.0045, 2));
        assertEquals(expected, squares, 0.3 * expected);
        assertTrue(differences < squares / 20);
    }

    @Test
    void jitterDrawsForEveryImage() {
        Backend backend = TestBackends.DOUBLE;
        Augmentation augmentation =
                new Augmentation(Augmentations.parse("random-resized-crop,flip,color-jitter,lighting"), NORMALIZATION);
        Tensor images = backend.zeros(2, 3, 8, 8);
        backend.vectors().fill(images, 0.5);
        augmentation.drawEach(new SplittableRandom(2), 8, 2).apply(backend.images(), images);
        double[] changed = images.toDoubles();
        assertNotEquals(changed[0], changed[192], 1e-3);
    }

    @Test
    void imagesWithoutColourAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ImageNetColours(Normalization.identity(1)));
    }
}
