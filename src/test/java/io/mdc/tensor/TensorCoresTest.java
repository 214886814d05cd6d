package io.mdc.tensor;

import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.backend.BackendKind;
import io.mdc.backend.Backends;
import io.mdc.backend.ComputeConfig;
import io.mdc.backend.ConvolutionKind;
import io.mdc.backend.GpuPrecision;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.cuda.CudaUnavailableException;
import io.mdc.testing.Emulator;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions by tensor cores against those in floats. */
class TensorCoresTest {
    private static final ConvolutionShape SHAPE = new ConvolutionShape(3, 1, 1);

    /** Half of the distance between neighbours of 10 bits. */
    private static final double ROUNDING = 1.0 / (1 << 11);

    private final SplittableRandom random = new SplittableRandom(1);

    private static Backend tensorCores() throws CudaUnavailableException {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        return Backends.cuda(GpuPrecision.TF32);
    }

    private Tensor of(Backend backend, int... shape) {
        return normal(backend, random, shape);
    }

    private static void assertNear(Tensor expected, Tensor actual, String what) {
        double error = relativeError(expected.toDoubles(), actual.toDoubles());
        assertTrue(error > 1e-6 && error < 2 * ROUNDING, what + ": " + error);
    }

    /** Outputs as wide as each of the widths of tiles, and more than one. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 70})
    void operandsAreRounded(int out) throws CudaUnavailableException {
        Backend rounded = tensorCores();
        Backend floats = Emulator.backend().orElseThrow();
        assertSame(floats, Backends.cuda(GpuPrecision.FP32));
        assertEquals("cuda-tf32", rounded.name());
        assertTrue(Backends.description(rounded).endsWith(", TF32"));
        Tensor x = of(floats, 3, 4, 7, 7);
        Tensor xDot = of(floats, 3, 4, 7, 7);
        Tensor w = of(floats, out, 4, 3, 3);
        Tensor wDot = of(floats, out, 4, 3, 3);
        Tensor dy = of(floats, 3, out, 7, 7);
        Tensor[] y = {of(floats, 3, out, 7, 7), of(floats, 3, out, 7, 7)};
        Tensor[] dx = {of(floats, 3, 4, 7, 7), of(floats, 3, 4, 7, 7)};
        Tensor[] dw = {of(floats, out, 4, 3, 3), of(floats, out, 4, 3, 3)};
        Backend[] both = {floats, rounded};
        for (int i = 0; i < 2; i++) {
            both[i].convolutions().forward(SHAPE, x, w, y[i]);
            both[i].convolutions().gradients(SHAPE, x, w, dy, dx[i], dw[i]);
        }
        assertNear(y[0], y[1], "forward");
        assertNear(dx[0], dx[1], "input gradient");
        assertNear(dw[0], dw[1], "weight gradient");
        for (int i = 0; i < 2; i++) {
            both[i].convolutions().tangent(SHAPE, x, xDot, w, wDot, y[i]);
        }
        assertNear(y[0], y[1], "tangent");
    }

    @Test
    void whatTenBitsHoldIsExact() throws CudaUnavailableException {
        Backend rounded = tensorCores();
        ConvolutionShape one = new ConvolutionShape(1, 1, 0);
        Tensor x = rounded.of(new double[] {1 + 1.0 / 1024, 1 + 1.0 / 2048, 1 + 1.0 / 4096, -3}, 1, 1, 2, 2);
        Tensor y = rounded.zeros(1, 1, 2, 2);
        rounded.convolutions().forward(one, x, rounded.of(new double[] {2}, 1, 1, 1, 1), y);
        assertArrayEquals(new double[] {2 + 2.0 / 1024, 2 + 2.0 / 1024, 2, -6}, y.toDoubles());
    }

    @Test
    void theyAreOfTheCudaBackendAlone() {
        ConfigException thrown = assertThrows(
                ConfigException.class,
                () -> new ComputeConfig(
                        BackendKind.HOST,
                        ConvolutionKind.AUTO,
                        GpuPrecision.TF32,
                        OptionalInt.empty(),
                        OptionalInt.empty()));
        assertEquals("--precision tf32: is for --backend cuda; --precision fp32 goes with all", thrown.getMessage());
    }
}
