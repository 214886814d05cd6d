package io.mdc.augment;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Named.named;

import io.mdc.data.Normalization;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    private static final int[] SHAPE = {3, 2, 7, 7};
    private static final int ELEMENTS = 3 * 2 * 49;

    static Stream<Arguments> transforms() {
        List<Named<Transform>> transforms = List.of(
                named("channel scale", new Transform.ChannelScale(new double[] {2, -3}, new double[] {1, 0.5})),
                named("brightness", new Transform.Brightness(new double[] {0.25, -0.5, 3})),
                named("saturation", new Transform.Saturation(new double[] {0.5})),
                named("contrast", new Transform.Contrast(new double[] {1.5, 0, 0.7})),
                named("colour", new Transform.Colour(new double[] {0.25, -0.5, 3}, new double[] {0.5}, new double[] {
                    1.5, 0, 0.7
                })),
                named("geometric", new Transform.Geometric(new Warp[] {
                    Warp.shift(7, 7, 1, -2), Warp.flip(7, 7), Augmentation.rotation(7, 12)
                })),
                named("cutout", new Transform.Cutout(new Rectangle[] {new Rectangle(1, 4, 0, 3)})),
                named(
                        "colour matrix",
                        new Transform.ColourMatrix(
                                new double[][] {{1, 0.5, -2, 3}, {0, 1, 1, 0}, {2, 0, 0, 0.25}},
                                new double[][] {{1, 2}, {-1, 0}, {0.5, 0.25}})),
                named(
                        "one colour matrix",
                        new Transform.ColourMatrix(new double[][] {{1, 0.5, -2, 3}}, new double[][] {{1, 2}})),
                named(
                        "one grey contrast",
                        new Transform.GreyContrast(
                                new double[] {0.6}, new double[] {0.3, 0.9}, new double[] {4, 5}, new double[] {
                                    0.1, -0.2
                                })),
                named(
                        "grey contrast",
                        new Transform.GreyContrast(
                                new double[] {0.6, 1, 1.4}, new double[] {0.3, 0.9}, new double[] {4, 5}, new double[] {
                                    0.1, -0.2
                                })),
                named(
                        "sequence",
                        new Augmentation(
                                        Augmentations.parse("color,crop,cutout,flip,scale,rotate,random-resized-crop"),
                                        Normalization.identity(3))
                                .drawEach(new SplittableRandom(1), 7, 3)));
        return TestBackends.all().flatMap(backend -> transforms.stream().map(t -> Arguments.of(backend, t)));
    }

    private static double[] apply(Backend backend, Transform transform, double[] values) {
        Tensor tensor = backend.of(values, SHAPE);
        transform.apply(backend.images(), tensor);
        return tensor.toDoubles();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("transforms")
    void theAdjointTransposesTheLinearPart(Backend backend, Transform transform) {
        SplittableRandom random = new SplittableRandom(2);
        double[] x = normal(random, ELEMENTS);
        double[] y = normal(random, ELEMENTS);
        double[] linear = plus(apply(backend, transform, x), -1, apply(backend, transform, new double[ELEMENTS]));
        Tensor adjoint = backend.of(y, SHAPE);
        transform.adjoint(backend.images(), adjoint);
        double scale = Math.sqrt(dot(x, x) * dot(y, y));
        assertClose(
                dot(linear, y) / scale, dot(x, adjoint.toDoubles()) / scale, TestBackends.rounding(backend), "adjoint");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("transforms")
    void transformsAreAffine(Backend backend, Transform transform) {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = normal(random, ELEMENTS);
        double[] y = normal(random, ELEMENTS);
        double[] mixed = apply(backend, transform, plus(plus(new double[ELEMENTS], 0.3, x), 0.7, y));
        double[] expected =
                plus(plus(new double[ELEMENTS], 0.3, apply(backend, transform, x)), 0.7, apply(backend, transform, y));
        assertClose(expected, mixed, TestBackends.rounding(backend));
    }

    @Test
    void stepsOfASequenceApplyInOrder() {
        Transform scaleThenAdd = new Transform.Sequence(List.of(
                new Transform.ChannelScale(new double[] {2, 2}, new double[2]),
                new Transform.Brightness(new double[] {1})));
        double[] expected = new double[ELEMENTS];
        Arrays.fill(expected, 7);
        double[] threes = new double[ELEMENTS];
        Arrays.fill(threes, 3);
        assertClose(expected, apply(TestBackends.DOUBLE, scaleThenAdd, threes), 0);
    }

    @Test
    void channelScaleNormalises() {
        Transform transform = Transform.ChannelScale.of(new Normalization(List.of(0.25, 0.5), List.of(0.5, 0.125)));
        double[] values = new double[ELEMENTS];
        Arrays.fill(values, 0.75);
        double[] expected = new double[ELEMENTS];
        for (int i = 0; i < ELEMENTS; i++) {
            expected[i] = i / 49 % 2 == 0 ? 1 : 2;
        }
        assertClose(expected, apply(TestBackends.DOUBLE, transform, values), 1e-15);
    }
}
