package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.dot;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling and its relatives against plain loops, on every backend. */
class PlaneOpsTest {
    private static final int[] SHAPE = {2, 3, 7, 6};

    static Stream<Arguments> windows() {
        return TestBackends.all().flatMap(backend -> Stream.of(
                        new Window(2, 2, 0),
                        new Window(3, 2, 1),
                        new Window(3, 1, 1),
                        new Window(4, 3, 0),
                        new Window(6, 1, 0))
                .map(window -> Arguments.of(backend, window)));
    }

    private static int[] pooled(Window window) {
        return new int[] {SHAPE[0], SHAPE[1], window.output(SHAPE[2]), window.output(SHAPE[3])};
    }

    private static Tensor dirty(Backend backend, int... shape) {
        Tensor tensor = backend.zeros(shape);
        backend.vectors().fill(tensor, 77);
        return tensor;
    }

    private static Tensor random(Backend backend, long seed, int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return backend.of(normal(new SplittableRandom(seed), size), shape);
    }

    /** What a window of plane {@code plane} covers: pixel numbers, −1 outside. */
    private static int[] covered(Window window, int plane, int row, int column) {
        int[] pixels = new int[window.side() * window.side()];
        for (int place = 0; place < pixels.length; place++) {
            int y = row * window.stride() - window.padding() + place / window.side();
            int x = column * window.stride() - window.padding() + place % window.side();
            boolean inside = y >= 0 && y < SHAPE[2] && x >= 0 && x < SHAPE[3];
            pixels[place] = inside ? (plane * SHAPE[2] + y) * SHAPE[3] + x : -1;
        }
        return pixels;
    }

    @ParameterizedTest
    @MethodSource("windows")
    void maximaAreThoseOfPlainLoopsAndTheirAdjointAndTangentFollowThem(Backend backend, Window window) {
        int[] small = pooled(window);
        Tensor x = random(backend, 1, SHAPE);
        Tensor dy = random(backend, 2, small);
        Tensor xDot = random(backend, 3, SHAPE);
        Tensor y = dirty(backend, small);
        Tensor chosen = dirty(backend, small);
        Tensor dx = dirty(backend, SHAPE);
        Tensor yDot = dirty(backend, small);
        backend.planes().maximumPool(window, x, y, chosen);
        backend.planes().maximumPoolAdjoint(window, dy, chosen, dx);
        backend.planes().maximumPoolTangent(window, xDot, chosen, yDot);

        double[] in = x.toDoubles();
        double[] direction = xDot.toDoubles();
        double[] outer = dy.toDoubles();
        double[] expected = new double[outer.length];
        double[] expectedDot = new double[outer.length];
        double[] gradient = new double[in.length];
        for (int o = 0; o < expected.length; o++) {
            int column = o % small[3];
            int row = o / small[3] % small[2];
            int best = -1;
            for (int pixel : covered(window, o / small[3] / small[2], row, column)) {
                best = pixel >= 0 && (best < 0 || in[pixel] > in[best]) ? pixel : best;
            }
            expected[o] = in[best];
            expectedDot[o] = direction[best];
            gradient[best] += outer[o];
        }
        assertArrayEquals(expected, y.toDoubles());
        assertArrayEquals(expectedDot, yDot.toDoubles());
        assertClose(gradient, dx.toDoubles(), TestBackends.rounding(backend));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void averagesAreThoseOfPlainLoopsAndTheAdjointTransposesThem(Backend backend, Window window) {
        if (window.padding() > 0) {
            window = new Window(window.side(), window.stride(), 0);
        }
        int[] small = pooled(window);
        Tensor x = random(backend, 4, SHAPE);
        Tensor dy = random(backend, 5, small);
        Tensor y = dirty(backend, small);
        Tensor dx = dirty(backend, SHAPE);
        backend.planes().averagePool(window, x, y);
        backend.planes().averagePoolAdjoint(window, dy, dx);
        double[] in = x.toDoubles();
        double[] expected = new double[Math.toIntExact(y.size())];
        for (int o = 0; o < expected.length; o++) {
            int[] pixels = covered(window, o / small[3] / small[2], o / small[3] % small[2], o % small[3]);
            expected[o] =
                    Arrays.stream(pixels).mapToDouble(p -> in[p]).average().orElseThrow();
        }
        double rounding = TestBackends.rounding(backend);
        assertClose(expected, y.toDoubles(), rounding);
        assertEquals(dot(y.toDoubles(), dy.toDoubles()), dot(in, dx.toDoubles()), 50 * rounding);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void reluPassesWhatIsPositive(Backend backend) {
        Tensor x = backend.of(new double[] {-2, -0.5, 0, 0.25, 3}, 5);
        Tensor y = dirty(backend, 5);
        Tensor gated = dirty(backend, 5);
        backend.planes().relu(x, y);
        backend.planes().gate(y, backend.of(new double[] {1, -2, 3, -4, 5}, 5), gated);
        assertArrayEquals(new double[] {0, 0, 0, 0.25, 3}, y.toDoubles());
        assertArrayEquals(new double[] {0, 0, 0, -4, 5}, gated.toDoubles());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void channelsAreCopiedAndTheOthersKept(Backend backend) {
        Tensor from = backend.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 1, 2);
        Tensor to = dirty(backend, 2, 4, 1, 2);
        backend.planes().copyChannels(from, 1, to, 2, 2);
        assertArrayEquals(new double[] {77, 77, 77, 77, 2, 3, 4, 5, 77, 77, 77, 77, 8, 9, 10, 11}, to.toDoubles());
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "2,0,0", "2,1,2", "2,1,-1"})
    void refusesWindowsThatCannotBe(int side, int stride, int padding) {
        assertThrows(IllegalArgumentException.class, () -> new Window(side, stride, padding));
    }
}
