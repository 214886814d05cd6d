package io.mdc.tensor.tiled;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.mdc.tensor.Backend;
import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.TiledConvolution;
import io.mdc.tensor.TiledOps;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiled convolutions against ND4J's direct ones in double. */
class TiledConvolutionTest {
    private static final ConvolutionShape SHAPE = new ConvolutionShape(3, 1, 1);
    /** Float rounding, which the transforms of F(4×4) enlarge to some 10⁻⁶ of the largest value. */
    private static final double TOLERANCE = 1e-5;

    private final Backend exact = TestBackends.DOUBLE;
    private final Backend host = TestBackends.HOST;

    @ParameterizedTest
    @CsvSource({
        "true, 4, 1, 3, 5, 8, 12, PLANES",
        "true, 4, 2, 16, 8, 4, 4, PIXELS",
        "true, 4, 3, 128, 33, 16, 16, PIXELS",
        "true, 4, 5, 7, 130, 8, 8, PIXELS",
        "true, 2, 2, 9, 4, 6, 2, PLANES",
        "true, 2, 3, 20, 24, 14, 14, PIXELS",
        "false, 4, 2, 3, 6, 8, 8, PLANES",
        "false, 4, 3, 3, 128, 32, 32, PLANES",
        "false, 2, 2, 5, 4, 6, 10, PIXELS"
    })
    void agreesWithDirectConvolution(
            boolean winograd, int side, int n, int in, int out, int height, int width, Layout layout) {
        TiledOps ops = (winograd ? TestBackends.WINOGRAD : host).tiled().orElseThrow();
        TiledConvolution tiled = ops.convolution(in, out, height, width, side, layout);
        Layout tiles = Layout.tiles(side);
        SplittableRandom random = new SplittableRandom(1000L * in + out);
        int[] xShape = {n, in, height, width};
        int[] zShape = {n, out, height, width};
        int[] wShape = {out, in, 3, 3};
        double[] x = normal(random, n * in * height * width);
        double[] xDot = normal(random, x.length);
        double[] w = normal(random, out * in * 9);
        double[] wDot = normal(random, w.length);
        double[] dz = normal(random, n * out * height * width);
        double[] dzDot = normal(random, dz.length);

        Tensor state = host.zeros(tiled.stateSize(n));
        Tensor prepared = host.zeros(tiled.preparedSize());
        Tensor preparedDot = host.zeros(tiled.preparedSize());
        tiled.prepare(host.of(w, wShape), prepared);
        tiled.prepare(host.of(wDot, wShape), preparedDot);
        ConvolutionOps direct = exact.convolutions();

        Tensor z = host.zeros(zShape).as(tiles);
        Tensor expected = exact.zeros(zShape);
        tiled.forward(host.of(TileOrder.images(x, n, in, layout), xShape).as(layout), prepared, state, z);
        direct.forward(SHAPE, exact.of(x, xShape), exact.of(w, wShape), expected);
        assertClose(
                expected.toDoubles(),
                TileOrder.untile(z.toDoubles(), n, out, height, width, side),
                TOLERANCE,
                "forward");

        Tensor tiledDz =
                host.of(TileOrder.tile(dz, n, out, height, width, side), zShape).as(tiles);
        Tensor dx = host.zeros(xShape).as(layout);
        Tensor dw = host.zeros(wShape);
        Tensor expectedDx = exact.zeros(xShape);
        Tensor expectedDw = exact.zeros(wShape);
        tiled.backward(prepared, tiledDz, state, dx, dw);
        direct.gradients(SHAPE, exact.of(x, xShape), exact.of(w, wShape), exact.of(dz, zShape), expectedDx, expectedDw);
        assertClose(expectedDw.toDoubles(), dw.toDoubles(), TOLERANCE, "weight gradient");
        assertClose(
                TileOrder.images(expectedDx.toDoubles(), n, in, layout), dx.toDoubles(), TOLERANCE, "input gradient");

        for (double[] moving : new double[][] {xDot, null}) {
            tiled.tangent(
                    moving == null
                            ? null
                            : host.of(TileOrder.images(moving, n, in, layout), xShape)
                                    .as(layout),
                    prepared,
                    preparedDot,
                    state,
                    z);
            direct.tangent(
                    SHAPE,
                    exact.of(x, xShape),
                    moving == null ? null : exact.of(moving, xShape),
                    exact.of(w, wShape),
                    exact.of(wDot, wShape),
                    expected);
            assertClose(
                    expected.toDoubles(),
                    TileOrder.untile(z.toDoubles(), n, out, height, width, side),
                    TOLERANCE,
                    "tangent");
        }

        Tensor tiledDzDot = host.of(TileOrder.tile(dzDot, n, out, height, width, side), zShape)
                .as(tiles);
        for (double[] moving : new double[][] {null, xDot}) {
            Tensor moved = moving == null
                    ? null
                    : host.of(TileOrder.images(moving, n, in, layout), xShape).as(layout);
            tiled.backwardTangent(prepared, preparedDot, moved, tiledDz, tiledDzDot, state, dx, dw);
            direct.weightGradientTangent(
                    SHAPE,
                    exact.of(x, xShape),
                    moving == null ? null : exact.of(moving, xShape),
                    exact.of(dz, zShape),
                    exact.of(dzDot, zShape),
                    expectedDw);
            assertClose(expectedDw.toDoubles(), dw.toDoubles(), TOLERANCE, "tangent of weight gradient");
        }
        direct.inputGradientTangent(
                SHAPE,
                exact.of(dz, zShape),
                exact.of(dzDot, zShape),
                exact.of(w, wShape),
                exact.of(wDot, wShape),
                expectedDx);
        assertClose(
                TileOrder.images(expectedDx.toDoubles(), n, in, layout),
                dx.toDoubles(),
                TOLERANCE,
                "tangent of adjoint");

        Tensor alone = host.zeros(xShape).as(layout);
        tiled.backwardTangent(prepared, preparedDot, null, tiledDz, tiledDzDot, state, alone, null);
        assertArrayEquals(dx.toDoubles(), alone.toDoubles(), "tangent of adjoint alone");
        Tensor weightsAlone = host.zeros(wShape);
        tiled.backwardTangent(
                prepared,
                preparedDot,
                host.of(TileOrder.images(xDot, n, in, layout), xShape).as(layout),
                tiledDz,
                tiledDzDot,
                state,
                null,
                weightsAlone);
        assertArrayEquals(dw.toDoubles(), weightsAlone.toDoubles(), "tangent of weight gradient alone");
    }
}
