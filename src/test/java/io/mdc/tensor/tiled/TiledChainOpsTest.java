package io.mdc.tensor.tiled;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiled chains against ND4J's in double. */
class TiledChainOpsTest {
    private static final double TOLERANCE = 5e-5;

    private final Backend exact = TestBackends.DOUBLE;
    private final Backend host = TestBackends.HOST;

    /** Means of 0, and of a hundred times the deviation, where a careless variance would lose its digits. */
    @ParameterizedTest
    @CsvSource({
        "true, 2, 4, 2, 3, 8, 8, PIXELS, 0",
        "true, 2, 4, 3, 128, 32, 32, PIXELS, 0",
        "true, 2, 4, 2, 600, 16, 16, PLANES, 0",
        "true, 1, 4, 2, 5, 8, 12, PLANES, 0",
        "false, 2, 2, 2, 5, 6, 10, PIXELS, 0",
        "false, 1, 2, 1, 7, 2, 4, PLANES, 0",
        "true, 4, 4, 2, 4, 8, 8, PIXELS, 0",
        "true, 2, 4, 2, 6, 16, 16, PIXELS, 100"
    })
    void agreesWithItsTwin(
            boolean relu, int pool, int side, int n, int channels, int height, int width, Layout layout, double mean) {
        Chain chain = new Chain(relu, pool, 1e-5);
        ChainOps tiled = host.tiled().orElseThrow().chains(side, layout);
        Layout tiles = Layout.tiles(side);
        ChainOps twin = exact.chains();
        SplittableRandom random = new SplittableRandom(channels);
        int[] large = {n, channels, height, width};
        int[] small = {n, channels, height / pool, width / pool};
        double[] z = map(normal(random, n * channels * height * width), v -> (float) (v + mean));
        double[] zDot = normal(random, z.length);
        double[] dy = normal(random, z.length / pool / pool);
        double[] dyDot = normal(random, dy.length);
        double[] gamma = map(normal(random, channels), g -> 1 + 0.3 * g);
        double[] beta = map(normal(random, channels), b -> 0.3 * b);
        double[] gammaDot = normal(random, channels);
        double[] betaDot = normal(random, channels);
        double tolerance = mean == 0 ? TOLERANCE : TOLERANCE * mean;

        Tensor own = host.of(TileOrder.tile(z, n, channels, height, width, side), large)
                .as(tiles);
        Tensor ownDot = host.of(TileOrder.tile(zDot, n, channels, height, width, side), large)
                .as(tiles);
        Tensor ownDy = host.of(TileOrder.images(dy, n, channels, layout), small).as(layout);
        Tensor ownDyDot =
                host.of(TileOrder.images(dyDot, n, channels, layout), small).as(layout);
        Tensor statistics = host.zeros(ChainOps.STATISTICS, n * channels);
        Tensor exactStatistics = exact.zeros(ChainOps.STATISTICS, n * channels);
        Tensor y = host.zeros(small).as(layout);
        Tensor expectedY = exact.zeros(small);
        Tensor dz = host.zeros(large).as(tiles);
        Tensor expectedDz = exact.zeros(large);
        Tensor[] g = {host.of(gamma, channels), exact.of(gamma, channels)};
        Tensor[] b = {host.of(beta, channels), exact.of(beta, channels)};
        Tensor[] gDot = {host.of(gammaDot, channels), exact.of(gammaDot, channels)};
        Tensor[] bDot = {host.of(betaDot, channels), exact.of(betaDot, channels)};
        Tensor[] dGamma = {host.zeros(channels), exact.zeros(channels)};
        Tensor[] dBeta = {host.zeros(channels), exact.zeros(channels)};

        tiled.forward(chain, own, g[0], b[0], statistics, y);
        twin.forward(chain, exact.of(z, large), g[1], b[1], exactStatistics, expectedY);
        assertClose(TileOrder.images(expectedY.toDoubles(), n, channels, layout), y.toDoubles(), tolerance, "forward");

        tiled.backward(chain, own, g[0], b[0], statistics, ownDy, dz, dGamma[0], dBeta[0]);
        twin.backward(
                chain,
                exact.of(z, large),
                g[1],
                b[1],
                exactStatistics,
                exact.of(dy, small),
                expectedDz,
                dGamma[1],
                dBeta[1]);
        assertClose(
                TileOrder.tile(expectedDz.toDoubles(), n, channels, height, width, side),
                dz.toDoubles(),
                tolerance,
                "gradient");
        assertClose(dGamma[1].toDoubles(), dGamma[0].toDoubles(), tolerance, "gradient of gamma");
        assertClose(dBeta[1].toDoubles(), dBeta[0].toDoubles(), tolerance, "gradient of beta");

        tiled.tangent(chain, own, g[0], b[0], statistics, ownDot, gDot[0], bDot[0], y);
        twin.tangent(
                chain,
                exact.of(z, large),
                g[1],
                b[1],
                exactStatistics,
                exact.of(zDot, large),
                gDot[1],
                bDot[1],
                expectedY);
        assertClose(TileOrder.images(expectedY.toDoubles(), n, channels, layout), y.toDoubles(), tolerance, "tangent");

        tiled.backwardTangent(
                chain, own, g[0], b[0], statistics, ownDot, gDot[0], ownDy, ownDyDot, dz, dGamma[0], dBeta[0]);
        twin.backwardTangent(
                chain,
                exact.of(z, large),
                g[1],
                b[1],
                exactStatistics,
                exact.of(zDot, large),
                gDot[1],
                exact.of(dy, small),
                exact.of(dyDot, small),
                expectedDz,
                dGamma[1],
                dBeta[1]);
        assertClose(
                TileOrder.tile(expectedDz.toDoubles(), n, channels, height, width, side),
                dz.toDoubles(),
                tolerance,
                "tangent of gradient");
        assertClose(dGamma[1].toDoubles(), dGamma[0].toDoubles(), tolerance, "tangent of gamma's gradient");
        assertClose(dBeta[1].toDoubles(), dBeta[0].toDoubles(), tolerance, "tangent of beta's gradient");
    }
}
