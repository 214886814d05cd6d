package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.testing.Emulator;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Primitives of groups of samples against the same ones of each group alone. */
class GroupsTest {
    private static final double ROUNDING = 5e-6;
    private static final Groups GROUPS = new Groups(1, 4, 9);
    private static final int SAMPLES = 9;
    private static final Chain CHAIN = new Chain(true, 2, 1e-5);

    private final SplittableRandom random = new SplittableRandom(1);
    private Backend cuda;

    @BeforeEach
    void takeTheGpu() {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        cuda = Emulator.backend().get();
    }

    /** What a primitive computes of one group. */
    private interface Alone {
        void group(int g, int from, int to);
    }

    private static void each(Alone alone) {
        for (int g = 0; g < GROUPS.count(); g++) {
            alone.group(g, GROUPS.start(g), GROUPS.end(g));
        }
    }

    private Tensor of(int... shape) {
        return normal(cuda, random, shape);
    }

    /** A matrix of sets that have other things before and behind the arrays that are looked at. */
    private Tensor sets(int... shape) {
        return of(GROUPS.count(), Math.toIntExact(Tensor.elements(shape)) + 5);
    }

    private Slices slices(int... shape) {
        return new Slices(sets(shape), 3, shape);
    }

    private static void assertSame(Slices expected, Slices actual, String what) {
        for (int g = 0; g < GROUPS.count(); g++) {
            assertSame(expected.of(g), actual.of(g), what);
        }
    }

    private static void assertSame(Tensor expected, Tensor actual, String what) {
        assertClose(expected.toDoubles(), actual.toDoubles(), ROUNDING, what);
    }

    private Tensor copy(Tensor x) {
        Tensor copy = cuda.zeros(x.shape());
        cuda.vectors().copy(x, copy);
        return copy;
    }

    /** Planes that fill blocks of a product, that do not, and that need several parts of a sum. */
    @ParameterizedTest
    @CsvSource({"8,1", "5,1", "20,2"})
    void convolutions(int size, int stride) {
        ConvolutionShape shape = new ConvolutionShape(3, stride, 1);
        int out = shape.output(size);
        Tensor x = of(SAMPLES, 2, size, size);
        Tensor xDot = of(SAMPLES, 2, size, size);
        Tensor w = of(5, 2, 3, 3);
        Slices wDot = slices(5, 2, 3, 3);
        Tensor dy = of(SAMPLES, 5, out, out);
        Tensor dyDot = of(SAMPLES, 5, out, out);
        ConvolutionOps ops = cuda.convolutions();
        Slices dw = slices(5, 2, 3, 3);
        Slices dwAlone = slices(5, 2, 3, 3);
        Tensor dx = of(SAMPLES, 2, size, size);
        Tensor dxAlone = copy(dx);
        ops.gradients(shape, x, w, dy, dx, GROUPS, dw);
        each((g, from, to) ->
                ops.gradients(shape, x.rows(from, to), w, dy.rows(from, to), dxAlone.rows(from, to), dwAlone.of(g)));
        assertSame(dwAlone, dw, "weight gradients");
        assertSame(dxAlone, dx, "input gradient");
        ops.weightGradientTangent(shape, x, xDot, dy, dyDot, GROUPS, dw);
        each((g, from, to) -> ops.weightGradientTangent(
                shape, x.rows(from, to), xDot.rows(from, to), dy.rows(from, to), dyDot.rows(from, to), dwAlone.of(g)));
        assertSame(dwAlone, dw, "tangents of weight gradients");
        Tensor yDot = of(SAMPLES, 5, out, out);
        Tensor yDotAlone = copy(yDot);
        ops.tangent(shape, x, xDot, w, GROUPS, wDot, yDot);
        each((g, from, to) ->
                ops.tangent(shape, x.rows(from, to), xDot.rows(from, to), w, wDot.of(g), yDotAlone.rows(from, to)));
        assertSame(yDotAlone, yDot, "tangent");
        ops.inputGradientTangent(shape, dy, dyDot, w, GROUPS, wDot, dx);
        each((g, from, to) -> ops.inputGradientTangent(
                shape, dy.rows(from, to), dyDot.rows(from, to), w, wDot.of(g), dxAlone.rows(from, to)));
        assertSame(dxAlone, dx, "tangent of the input gradient");
        Slices bias = slices(5);
        Slices biasAlone = slices(5);
        ops.addBias(bias, GROUPS, yDot);
        each((g, from, to) -> ops.addBias(bias.of(g), yDotAlone.rows(from, to)));
        assertSame(yDotAlone, yDot, "biases");
        ops.biasGradient(dy, GROUPS, bias);
        each((g, from, to) -> ops.biasGradient(dy.rows(from, to), biasAlone.of(g)));
        assertSame(biasAlone, bias, "bias gradients");
    }

    @Test
    void chains() {
        ChainOps ops = cuda.chains();
        Tensor z = of(SAMPLES, 3, 6, 6);
        Tensor zDot = of(SAMPLES, 3, 6, 6);
        Tensor gamma = of(3);
        Tensor beta = of(3);
        Tensor dots = sets(3);
        Slices gammaDot = new Slices(dots, 3, 3);
        Slices betaDot = new Slices(dots, 0, 3);
        Tensor dy = of(SAMPLES, 3, 3, 3);
        Tensor dyDot = of(SAMPLES, 3, 3, 3);
        Tensor statistics = cuda.zeros(ChainOps.STATISTICS, SAMPLES * 3);
        ops.forward(CHAIN, z, gamma, beta, statistics, of(SAMPLES, 3, 3, 3));
        Tensor dz = of(SAMPLES, 3, 6, 6);
        Tensor sums = sets(3);
        Slices dGamma = new Slices(sums, 3, 3);
        Slices dBeta = new Slices(sums, 0, 3);
        ops.backward(CHAIN, z, gamma, beta, statistics, dy, dz, GROUPS, dGamma, dBeta);
        Tensor yDot = of(SAMPLES, 3, 3, 3);
        ops.tangent(CHAIN, z, gamma, beta, statistics, zDot, GROUPS, gammaDot, betaDot, yDot);
        Tensor dzDot = of(SAMPLES, 3, 6, 6);
        Tensor sumsDot = sets(3);
        Slices dGammaDot = new Slices(sumsDot, 3, 3);
        Slices dBetaDot = new Slices(sumsDot, 0, 3);
        ops.backwardTangent(
                CHAIN, z, gamma, beta, statistics, zDot, GROUPS, gammaDot, dy, dyDot, dzDot, dGammaDot, dBetaDot);
        each((g, from, to) -> {
            int n = to - from;
            Tensor own = cuda.zeros(ChainOps.STATISTICS, n * 3);
            Tensor[] out = {of(n, 3, 6, 6), of(3), of(3), of(n, 3, 3, 3), of(n, 3, 6, 6), of(3), of(3)};
            ops.forward(CHAIN, z.rows(from, to), gamma, beta, own, of(n, 3, 3, 3));
            ops.backward(CHAIN, z.rows(from, to), gamma, beta, own, dy.rows(from, to), out[0], out[1], out[2]);
            assertSame(out[0], dz.rows(from, to), "dz");
            assertSame(out[1], dGamma.of(g), "dGamma");
            assertSame(out[2], dBeta.of(g), "dBeta");
            ops.tangent(
                    CHAIN,
                    z.rows(from, to),
                    gamma,
                    beta,
                    own,
                    zDot.rows(from, to),
                    gammaDot.of(g),
                    betaDot.of(g),
                    out[3]);
            assertSame(out[3], yDot.rows(from, to), "yDot");
            ops.backwardTangent(
                    CHAIN,
                    z.rows(from, to),
                    gamma,
                    beta,
                    own,
                    zDot.rows(from, to),
                    gammaDot.of(g),
                    dy.rows(from, to),
                    dyDot.rows(from, to),
                    out[4],
                    out[5],
                    out[6]);
            assertSame(out[4], dzDot.rows(from, to), "dzDot");
            assertSame(out[5], dGammaDot.of(g), "dGammaDot");
            assertSame(out[6], dBetaDot.of(g), "dBetaDot");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 70})
    void matrices(int columns) {
        MatrixOps ops = cuda.matrices();
        Tensor x = of(SAMPLES, 7);
        Tensor y = of(SAMPLES, columns);
        Tensor yAlone = copy(y);
        Slices w = slices(7, columns);
        ops.multiply(x, GROUPS, w, false, 0.5, y);
        each((g, from, to) -> ops.multiply(x.rows(from, to), false, w.of(g), false, 0.5, yAlone.rows(from, to)));
        assertSame(yAlone, y, "products");
        Tensor dx = of(SAMPLES, 7);
        Tensor dxAlone = copy(dx);
        ops.multiply(y, GROUPS, w, true, 1, dx);
        each((g, from, to) -> ops.multiply(yAlone.rows(from, to), false, w.of(g), true, 1, dxAlone.rows(from, to)));
        assertSame(dxAlone, dx, "products with transposed ones");
        Slices row = slices(columns);
        Slices rowAlone = slices(columns);
        ops.addToRows(row, GROUPS, y);
        each((g, from, to) -> ops.addToRows(row.of(g), yAlone.rows(from, to)));
        assertSame(yAlone, y, "rows");
        ops.columnSums(y, GROUPS, row);
        each((g, from, to) -> ops.columnSums(yAlone.rows(from, to), rowAlone.of(g)));
        assertSame(rowAlone, row, "sums");
        Tensor sets = of(GROUPS.count(), 8 * columns + 2);
        Slices dw = new Slices(sets, 1, 7, columns);
        Slices sums = new Slices(sets, 1 + 7 * columns, columns);
        ops.linearGradients(x, y, GROUPS, dw, sums);
        each((g, from, to) -> {
            Tensor alone = of(7, columns);
            ops.multiply(x.rows(from, to), true, y.rows(from, to), false, 0, alone);
            assertSame(alone, dw.of(g), "gradients of weights");
            assertSame(rowAlone.of(g), sums.of(g), "gradients of biases");
        });
        ops.multiplyTransposed(x, y, GROUPS, 1, dw);
        each((g, from, to) -> {
            Tensor alone = of(7, columns);
            ops.multiply(x.rows(from, to), true, y.rows(from, to), false, 0, alone);
            cuda.vectors().scale(2, alone);
            assertSame(alone, dw.of(g), "twice");
        });
    }

    @Test
    void losses() {
        MatrixOps ops = cuda.matrices();
        double[] weights = {1, 0.25, 3};
        Tensor logits = of(SAMPLES, 4);
        Tensor targets = of(SAMPLES, 4);
        Tensor probabilities = of(SAMPLES, 4);
        Tensor delta = of(SAMPLES, 4);
        Tensor out = of(SAMPLES, 4);
        double[] losses = ops.softmaxLoss(logits, targets, GROUPS, weights, probabilities, delta)
                .get();
        ops.softmaxLossTangent(probabilities, logits, GROUPS, weights, out);
        assertEquals(GROUPS.count(), losses.length);
        each((g, from, to) -> {
            int n = to - from;
            Tensor[] alone = {of(n, 4), of(n, 4), of(n, 4)};
            double loss =
                    ops.softmaxLoss(logits.rows(from, to), targets.rows(from, to), weights[g], alone[0], alone[1]);
            assertClose(loss, losses[g], ROUNDING, "loss");
            assertSame(alone[0], probabilities.rows(from, to), "probabilities");
            assertSame(alone[1], delta.rows(from, to), "gradient");
            ops.softmaxLossTangent(alone[0], logits.rows(from, to), weights[g], alone[2]);
            assertSame(alone[2], out.rows(from, to), "tangent");
        });
    }

    @Test
    void backendsWithoutGroupsTakeOne() {
        Backend host = TestBackends.HOST;
        Tensor x = normal(host, random, SAMPLES, 3);
        Slices sums = new Slices(host.zeros(GROUPS.count(), 3), 0, 3);
        assertThrows(UnsupportedOperationException.class, () -> host.matrices().columnSums(x, GROUPS, sums));
        assertThrows(IllegalArgumentException.class, () -> host.matrices().columnSums(x, new Groups(SAMPLES), sums));
        Slices one = new Slices(host.zeros(1, 4), 1, 3);
        host.matrices().columnSums(x, new Groups(SAMPLES), one);
        Tensor plain = host.zeros(3);
        host.matrices().columnSums(x, plain);
        assertClose(plain.toDoubles(), one.of(0).toDoubles(), 0);
    }

    @Test
    void groupsAscendAndNoneIsEmpty() {
        assertEquals(3, GROUPS.size(1));
        assertThrows(IllegalArgumentException.class, () -> new Groups(3, 3));
        assertThrows(IllegalArgumentException.class, () -> new Groups(0, 3));
        assertThrows(IllegalArgumentException.class, Groups::new);
    }
}
