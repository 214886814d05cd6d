package io.mdc.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.testing.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** What the launcher looks for, too. */
    @ParameterizedTest
    @ValueSource(strings = {"proc/driver/nvidia/version", "dev/nvidiactl", "dev/dxg", "bin/nvidia-smi"})
    void aGpuThatIsNotUsedIsMentioned(String file, @TempDir Path root) throws IOException {
        IdleGpu machine = new IdleGpu(root, "/no/such/place:" + root.resolve("bin"));
        assertEquals(Optional.empty(), machine.note(BackendKind.AUTO, true));
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), "NVRM version: 580");
        assertTrue(root.resolve(file).toFile().setExecutable(true));
        assertTrue(
                machine.note(BackendKind.AUTO, true).orElseThrow().startsWith("--backend auto: computes on the CPU"));
        assertEquals(Optional.empty(), machine.note(BackendKind.AUTO, false), "ND4J's build for CUDA computes on it");
        for (BackendKind asked : new BackendKind[] {BackendKind.HOST, BackendKind.ND4J, BackendKind.CUDA}) {
            assertEquals(Optional.empty(), machine.note(asked, true));
        }
    }

    @ParameterizedTest
    @CsvSource({"AUTO, true", "HOST, true", "ND4J, false", "CUDA, false"})
    void waysToConvolveAreOfTheHost(BackendKind backend, boolean taken) {
        compute(backend, ConvolutionKind.AUTO);
        for (ConvolutionKind convolution : new ConvolutionKind[] {ConvolutionKind.DIRECT, ConvolutionKind.WINOGRAD}) {
            if (taken) {
                compute(backend, convolution);
            } else {
                assertEquals(
                        "--convolution " + TextForm.format(convolution)
                                + ": is for --backend host; --convolution auto goes with all",
                        assertThrows(ConfigException.class, () -> compute(backend, convolution))
                                .getMessage());
            }
        }
    }

    @Test
    void aGpuIsAskedForAsTheCudaBackendIs() {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        DriverAnswer answer = DriverAnswer.ask();
        assertTrue(answer.usable());
        assertEquals(Backends.description(Emulator.backend().get()), answer.text());
    }

    private static ComputeConfig compute(BackendKind kind, ConvolutionKind convolution) {
        return new ComputeConfig(kind, convolution, GpuPrecision.FP32, OptionalInt.empty(), OptionalInt.empty());
    }
}
