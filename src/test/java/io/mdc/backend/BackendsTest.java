package io.mdc.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    @Test
    void theCpuBuildIsFastestOverHostMemory() {
        assertTrue(Backends.hostMemory());
        assertEquals("host", Backends.best().name());
        assertEquals(Precision.FLOAT, Backends.best().precision());
    }

    @Test
    void backendsHaveTheirNamesAndPrecisions() {
        assertEquals("host", Backends.host().name());
        Backend nd4j = Backends.nd4j(Precision.DOUBLE);
        assertEquals("nd4j", nd4j.name());
        assertEquals(Precision.DOUBLE, nd4j.precision());
        assertEquals(1.0 / 3, nd4j.of(new double[] {1.0 / 3}, 1).toDoubles()[0]);
    }

    @Test
    void theDescriptionNamesTheNativeBuild() {
        assertTrue(
                Backends.description().matches("CpuBackend (plain|onednn-avx2|avx2|avx512)"), Backends.description());
    }

    @Test
    void aGpuThatIsNotUsedIsMentioned(@TempDir Path root) throws IOException {
        ComputeConfig auto = compute(BackendKind.AUTO);
        assertEquals(Optional.empty(), auto.note(root));
        Files.createDirectories(root.resolve("proc/driver/nvidia"));
        Files.writeString(root.resolve("proc/driver/nvidia/version"), "NVRM version: 580");
        assertTrue(auto.note(root).orElseThrow().startsWith("--backend auto: computes on the CPU"));
        assertEquals(Optional.empty(), compute(BackendKind.HOST).note(root));
        assertEquals(Optional.empty(), compute(BackendKind.CUDA).note(root));
    }

    private static ComputeConfig compute(BackendKind kind) {
        return new ComputeConfig(
                kind, ConvolutionKind.AUTO, GpuPrecision.FP32, OptionalInt.empty(), OptionalInt.empty());
    }
}
