package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The image primitives against their definitions, on rows of a larger tensor whose other rows must stay. */
class ImageOpsTest {
    private static final int[][] SHAPES = {{3, 3, 6, 6}, {2, 1, 5, 7}, {1, 3, 9, 4}};

    static Stream<Arguments> backendsAndShapes() {
        return TestBackends.all().flatMap(backend -> Stream.of(SHAPES).map(shape -> Arguments.of(backend, shape)));
    }

    /** The value of output element k of image i, channel c, pixel p, from the input. */
    private interface Definition {
        double value(double[] x, int i, int c, int p);
    }

    private static void assertDoes(
            Backend backend, int[] shape, BiConsumer<ImageOps, Tensor> operation, Definition definition) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(shape));
        Tensor whole = normal(backend, random, shape[0] + 2, shape[1], shape[2], shape[3]);
        Tensor x = whole.rows(1, shape[0] + 1);
        double[] before = whole.toDoubles();
        double[] in = x.toDoubles();
        int pixels = shape[2] * shape[3];
        double[] expected = new double[in.length];
        for (int k = 0; k < in.length; k++) {
            expected[k] = definition.value(in, k / pixels / shape[1], k / pixels % shape[1], k % pixels);
        }
        operation.accept(backend.images(), x);
        assertClose(expected, x.toDoubles(), TestBackends.rounding(backend));
        double[] after = whole.toDoubles();
        int image = shape[1] * pixels;
        assertArrayEquals(Arrays.copyOf(before, image), Arrays.copyOf(after, image), "image before");
        assertArrayEquals(
                Arrays.copyOfRange(before, before.length - image, before.length),
                Arrays.copyOfRange(after, before.length - image, before.length),
                "image after");
    }

    @ParameterizedTest
    @MethodSource("backendsAndShapes")
    void channelsAreScaledAndShifted(Backend backend, int[] shape) {
        double[] scale = normal(new SplittableRandom(1), shape[1]);
        double[] shift = normal(new SplittableRandom(2), shape[1]);
        int pixels = shape[2] * shape[3];
        assertDoes(
                backend,
                shape,
                (ops, x) -> ops.scaleChannels(scale, shift, x),
                (x, i, c, p) -> scale[c] * x[(i * shape[1] + c) * pixels + p] + shift[c]);
    }

    @ParameterizedTest
    @MethodSource("backendsAndShapes")
    void coloursChangePerImageOrForAllAlike(Backend backend, int[] shape) {
        int pixels = shape[2] * shape[3];
        for (int count : new int[] {1, shape[0]}) {
            double[] amount = normal(new SplittableRandom(3), count);
            assertDoes(
                    backend,
                    shape,
                    (ops, x) -> ops.brighten(amount, x),
                    (x, i, c, p) -> x[(i * shape[1] + c) * pixels + p] + amount[i % count]);
            assertDoes(backend, shape, (ops, x) -> ops.blendWithChannelMean(amount, x), (x, i, c, p) -> {
                double mean = 0;
                for (int other = 0; other < shape[1]; other++) {
                    mean += x[(i * shape[1] + other) * pixels + p] / shape[1];
                }
                return mean + amount[i % count] * (x[(i * shape[1] + c) * pixels + p] - mean);
            });
            assertDoes(backend, shape, (ops, x) -> ops.blendWithImageMean(amount, x), (x, i, c, p) -> {
                int length = shape[1] * pixels;
                double mean =
                        Arrays.stream(x, i * length, (i + 1) * length).average().orElseThrow();
                return mean + amount[i % count] * (x[i * length + c * pixels + p] - mean);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backendsAndShapes")
    void erasedRectanglesAreZero(Backend backend, int[] shape) {
        int width = shape[3];
        int pixels = shape[2] * width;
        Rectangle[] some = {new Rectangle(0, 2, 1, 4), new Rectangle(3, 3, 0, 4), new Rectangle(1, shape[2], 0, width)};
        for (int count : new int[] {1, shape[0]}) {
            Rectangle[] rectangles = Arrays.copyOf(some, count);
            assertDoes(
                    backend,
                    shape,
                    (ops, x) -> ops.erase(rectangles, x),
                    (x, i, c, p) -> isInside(rectangles[i % count], p, width) ? 0 : x[(i * shape[1] + c) * pixels + p]);
        }
    }

    @ParameterizedTest
    @MethodSource("backendsAndShapes")
    void exchangedRectanglesComeFromTheImagesBefore(Backend backend, int[] shape) {
        int width = shape[3];
        int pixels = shape[2] * width;
        int[] from = new int[shape[0]];
        Arrays.setAll(from, i -> (i + 1) % from.length);
        for (Rectangle rectangle : new Rectangle[] {
            new Rectangle(1, 4, 0, 3), new Rectangle(0, shape[2], 0, width), new Rectangle(2, 2, 1, 3)
        }) {
            assertDoes(backend, shape, (ops, x) -> ops.exchange(rectangle, from, x), (x, i, c, p) -> {
                int image = isInside(rectangle, p, width) ? from[i] : i;
                return x[(image * shape[1] + c) * pixels + p];
            });
        }
    }

    private static boolean isInside(Rectangle r, int pixel, int width) {
        int row = pixel / width;
        int column = pixel % width;
        return row >= r.top() && row < r.bottom() && column >= r.left() && column < r.right();
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void loadingScalesUnsignedBytes(Backend backend) {
        byte[] pixels = new byte[4 * 2 * 6];
        new SplittableRandom(6).nextBytes(pixels);
        pixels[12] = (byte) 255;
        int[] images = {1, 3, 1};
        double[] scale = {1 / 51.0, -2};
        double[] shift = {0.5, 3};
        Tensor out = normal(backend, new SplittableRandom(7), 3, 2, 2, 3);
        backend.images()
                .load(
                        (image, target) -> System.arraycopy(pixels, image * 12, target, 0, 12),
                        images,
                        scale,
                        shift,
                        out);
        double[] expected = new double[36];
        Arrays.setAll(expected, k -> {
            int channel = k / 6 % 2;
            return scale[channel] * (pixels[images[k / 12] * 12 + k % 12] & 0xff) + shift[channel];
        });
        assertClose(expected, out.toDoubles(), TestBackends.rounding(backend));
        assertEquals(5.5, out.toDoubles()[0], 1e-5);
    }

    static Stream<Arguments> warps() {
        Warp[] four = {
            Warp.linear(6, 7, 1.1, 0.2, -0.1, 0.8),
            Warp.enlargeTile(6, 7, 3, 4, 4, 4, 0.5, 6, 7),
            Warp.linear(6, 7, 0.9, 0, 0, 1.2)
        };
        Warp[] one = {Warp.shift(6, 7, 2, -1), Warp.flip(6, 7), Warp.shift(6, 7, 0, 0)};
        Warp[] larger = {
            Warp.enlargeTile(6, 7, 0, 0, 3, 3, 0.5, 8, 9),
            Warp.enlargeTile(6, 7, 3, 3, 3, 3, 0.5, 8, 9),
            Warp.enlargeTile(6, 7, 4, 4, 3, 4, 0.5, 8, 9)
        };
        return TestBackends.all().flatMap(backend -> Stream.of(four, one, larger)
                .flatMap(warps -> Stream.of(null, new int[] {1, 0, 1}).flatMap(sources -> Stream.of(1, 3)
                        .map(count -> Arguments.of(backend, sources, Arrays.copyOf(warps, count))))));
    }

    /** What the tables of a warp say, for all channels. */
    private static double[] warp(double[] x, int channels, int[] sources, Warp[] warps, int outputs) {
        int in = warps[0].inputHeight() * warps[0].inputWidth();
        int out = warps[0].outputHeight() * warps[0].outputWidth();
        double[] result = new double[outputs * channels * out];
        for (int i = 0; i < outputs; i++) {
            Warp warp = warps[i % warps.length];
            int source = sources == null ? i : sources[i];
            for (int k = 0; k < channels * out; k++) {
                int p = k % out;
                double sum = warp.offset() == null ? 0 : warp.offset()[p];
                for (int tap = p * warp.taps(); tap < (p + 1) * warp.taps(); tap++) {
                    sum += warp.weight()[tap] * x[(source * channels + k / out) * in + warp.index()[tap]];
                }
                result[i * channels * out + k] = sum;
            }
        }
        return result;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("warps")
    void warpsFollowTheirTablesAndTheirAdjointsTransposeThem(Backend backend, int[] sources, Warp[] warps) {
        SplittableRandom random = new SplittableRandom(8);
        int channels = 2;
        Tensor x = normal(backend, random, 3, channels, 6, 7);
        Tensor out = normal(backend, random, 3, channels, warps[0].outputHeight(), warps[0].outputWidth());
        backend.images().warp(x, sources, warps, out);
        double[] result = out.toDoubles();
        assertClose(warp(x.toDoubles(), channels, sources, warps, 3), result, TestBackends.rounding(backend));

        Tensor dOut = normal(backend, random, out.shape());
        Tensor dx = normal(backend, random, x.shape());
        backend.images().warpAdjoint(dOut, sources, warps, dx);
        double[] direction = normal(random, (int) x.size());
        double[] constant = warp(new double[direction.length], channels, sources, warps, 3);
        double[] linear = plus(warp(direction, channels, sources, warps, 3), -1, constant);
        double scale = Math.sqrt(dot(direction, direction) * dot(dOut.toDoubles(), dOut.toDoubles()));
        assertClose(
                dot(linear, dOut.toDoubles()) / scale,
                dot(direction, dx.toDoubles()) / scale,
                TestBackends.rounding(backend),
                "adjoint");
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void warpsWorkInPlace(Backend backend) {
        Warp[] warps = {Warp.linear(6, 7, 1.1, 0.2, -0.1, 0.8), Warp.flip(6, 7)};
        Tensor whole = normal(backend, new SplittableRandom(9), 4, 3, 6, 7);
        Tensor x = whole.rows(1, 3);
        double[] rest = whole.rows(3, 4).toDoubles();
        Tensor separate = backend.zeros(x.shape());
        backend.images().warp(x, null, warps, separate);
        Tensor adjoint = backend.zeros(x.shape());
        backend.images().warpAdjoint(separate, null, warps, adjoint);
        backend.images().warp(x, null, warps, x);
        assertArrayEquals(separate.toDoubles(), x.toDoubles());
        backend.images().warpAdjoint(x, null, warps, x);
        assertArrayEquals(adjoint.toDoubles(), x.toDoubles());
        assertArrayEquals(rest, whole.rows(3, 4).toDoubles());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void severalOutputsAddUpInTheImageTheyComeFrom(Backend backend) {
        Tensor dOut = backend.of(new double[] {1, 2, 10, 20, 100, 200}, 3, 1, 1, 2);
        Tensor dx = normal(backend, new SplittableRandom(10), 2, 1, 1, 2);
        backend.images().warpAdjoint(dOut, new int[] {1, 1, 1}, new Warp[] {Warp.identity(1, 2)}, dx);
        assertArrayEquals(new double[] {0, 0, 111, 222}, dx.toDoubles());
    }
}
