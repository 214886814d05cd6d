package io.mdc.tensor.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import io.mdc.tensor.DeviceCounts;
import io.mdc.testing.Emulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
    private Device device;
    private Lane lane;

    @BeforeEach
    void takeTheGpu() throws CudaUnavailableException {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        device = new Device();
        lane = new Lane(device);
    }

    private float[] at(long address, int count) {
        try (Memory host = new Memory((long) count * Float.BYTES)) {
            device.read(host, address, host.size());
            return host.getFloatArray(0, count);
        }
    }

    /** Sizes that fill the room as far as it goes before it grows, after a small array has taken its start. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1 << 15, 1 << 16, 100_000, 1 << 18})
    void whatOneKernelIsSentDoesNotOverlap(int count) {
        for (int round = 0; round < 3; round++) {
            List<Long> addresses = new ArrayList<>(List.of(lane.floats(-1, -2)));
            for (int array = 0; array < 6; array++) {
                double[] values = new double[count];
                Arrays.fill(values, array);
                addresses.add(lane.floats(values));
            }
            System.gc();
            assertArrayEquals(new float[] {-1, -2}, at(addresses.get(0), 2));
            for (int array = 0; array < 6; array++) {
                float[] values = new float[count];
                Arrays.fill(values, array);
                assertArrayEquals(values, at(addresses.get(array + 1), count));
            }
        }
    }

    @Test
    void argumentsAreThoseOfTheParameters() {
        CudaStorage x = CudaStorage.allocate(device, new int[] {3});
        DeviceCounts before = device.counts();
        lane.launch(Kernel.FILL, Grid.each(3), x.address(), 2.5, 3L);
        assertArrayEquals(new float[] {2.5f, 2.5f, 2.5f}, at(x.address(), 3));
        assertEquals(new DeviceCounts(1, 0, 0, 1, 0), device.counts().since(before));
    }
}
