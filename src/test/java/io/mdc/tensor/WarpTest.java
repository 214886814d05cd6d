package io.mdc.tensor;

import static io.mdc.testing.Numbers.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarpTest {
    private static final double[] PLANE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    /** The warp of one plane. */
    private static double[] apply(Warp warp, double[] plane) {
        Backend backend = TestBackends.DOUBLE;
        Tensor out = backend.zeros(1, 1, warp.outputHeight(), warp.outputWidth());
        Tensor in = backend.of(plane, 1, 1, warp.inputHeight(), warp.inputWidth());
        backend.images().warp(in, null, new Warp[] {warp}, out);
        return out.toDoubles();
    }

    @Test
    void shiftMovesTheWindowAndFillsWithZeros() {
        assertArrayEquals(new double[] {0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0}, apply(Warp.shift(3, 4, 1, -1), PLANE));
    }

    @Test
    void flipMirrorsLeftAndRight() {
        assertArrayEquals(new double[] {4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9}, apply(Warp.flip(3, 4), PLANE));
    }

    @Test
    void identityChangesNothing() {
        assertArrayEquals(PLANE, apply(Warp.identity(3, 4), PLANE));
        assertClose(PLANE, apply(Warp.linear(3, 4, 1, 0, 0, 1), PLANE), 1e-15);
    }

    @Test
    void halfATurnReversesThePlane() {
        double[] reversed = new double[12];
        Arrays.setAll(reversed, i -> PLANE[11 - i]);
        assertClose(reversed, apply(Warp.linear(3, 4, -1, 0, 0, -1), PLANE), 1e-14);
    }

    @Test
    void aQuarterTurnOfASquareTransposesAndMirrors() {
        // output (x, y) takes the input at (−y, x): output row r, column c the input row c, column 2 − r
        double[] square = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertClose(new double[] {3, 6, 9, 2, 5, 8, 1, 4, 7}, apply(Warp.linear(3, 3, 0, -1, 1, 0), square), 1e-14);
    }

    @Test
    void scalingByTwoSamplesBetweenPixelsAndIsZeroOutside() {
        // centres −3/4 … 3/4 go to −3/2 … 3/2: columns −1.5, 0.5, 2.5, 4.5 hold weights of the two neighbours
        double[] row = {4, 8, 16, 32};
        assertClose(new double[] {0, 6, 24, 0}, apply(Warp.linear(1, 4, 2, 0, 0, 1), row), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anEnlargedTileOfAConstantIsThatConstant(int tile) {
        double[] plane = new double[36];
        Arrays.fill(plane, 0.3);
        double[] expected = new double[49];
        Arrays.fill(expected, 0.3);
        assertClose(expected, apply(Warp.enlargeTile(6, 6, 1, 1, tile, tile, 0.5, 7, 7), plane), 1e-14);
    }

    @Test
    void enlargingByTwoInterpolatesAtQuarters() {
        double[] plane = {0, 4, 9, 9, 8, 12, 9, 9, 9, 9, 9, 9};
        double[] expected = {0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12};
        assertClose(expected, apply(Warp.enlargeTile(3, 4, 0, 0, 2, 2, 0.5, 4, 4), plane), 1e-14);
    }

    @Test
    void tilesBeyondThePlaneContinueWithThePadding() {
        double[] plane = {0.1, 0.2, 0.3, 0.4};
        Warp warp = Warp.enlargeTile(2, 2, 0, 1, 2, 2, 0.5, 2, 2);
        assertClose(new double[] {0.2, 0.5, 0.4, 0.5}, apply(warp, plane), 1e-14);
        Warp blank = Warp.enlargeTile(2, 2, 2, 2, 2, 2, 0.5, 2, 2);
        assertClose(new double[] {0.5, 0.5, 0.5, 0.5}, apply(blank, plane), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"4,4,0,2,0,2", "5,7,2,5,3,7", "6,6,0,6,0,6", "7,7,5,7,0,3"})
    void shrinkingTakesTheNearestPixelOfThePositionRoundedDown(
            int height, int width, int top, int bottom, int left, int right) {
        double[] plane = new double[height * width];
        Arrays.setAll(plane, i -> i + 1);
        double[] expected = new double[plane.length];
        for (int r = top; r < bottom; r++) {
            for (int c = left; c < right; c++) {
                int row = (int) Math.floor((double) (r - top) * height / (bottom - top) + 1e-9);
                int column = (int) Math.floor((double) (c - left) * width / (right - left) + 1e-9);
                expected[r * width + c] = plane[row * width + column];
            }
        }
        Warp warp = Warp.shrinkInto(height, width, new Rectangle(top, bottom, left, right));
        assertArrayEquals(expected, apply(warp, plane));
    }

    @Test
    void weightsOfBilinearMapsAddUpToOneInside() {
        Warp warp = Warp.linear(9, 9, 0.7, 0.1, -0.1, 0.7);
        for (int p = 0; p < 81; p++) {
            double total = 0;
            for (int k = 0; k < 4; k++) {
                total += warp.weight()[4 * p + k];
            }
            assertEquals(1, total, 1e-14, "pixel " + p);
        }
    }
}
