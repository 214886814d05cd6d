package io.mdc.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import org.junit.jupiter.api.Test;

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
}
