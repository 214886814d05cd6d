package io.mdc.tensor.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import io.mdc.base.Pixels;
import io.mdc.tensor.DeviceCounts;
import io.mdc.testing.Emulator;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResidentImagesTest {
    private static final Pixels SMALL = (image, target) -> Arrays.fill(target, 0, 3, (byte) image);

    private Device device;

    @BeforeEach
    void takeTheGpu() throws CudaUnavailableException {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        device = new Device();
    }

    private byte[] at(OptionalLong address, int length) {
        try (Memory host = new Memory(length)) {
            device.read(host, address.orElseThrow(), length);
            return host.getByteArray(0, length);
        }
    }

    @Test
    void imagesGoToTheDeviceOnce() {
        OptionalLong[] first = device.images().addresses(SMALL, 3, new int[] {5, 2, 5});
        assertEquals(first[0], first[2]);
        assertArrayEquals(new byte[] {2, 2, 2}, at(first[1], 3));
        DeviceCounts before = device.counts();
        OptionalLong[] again = device.images().addresses(SMALL, 3, new int[] {2, 7});
        assertEquals(first[1], again[0]);
        assertArrayEquals(new byte[] {7, 7, 7}, at(again[1], 3));
        assertEquals(1, device.counts().since(before).copies());
        assertEquals(0, device.counts().since(before).allocations());
        OptionalLong[] others = device.images().addresses((image, target) -> target[0] = 9, 1, new int[] {2});
        assertArrayEquals(new byte[] {9}, at(others[0], 1));
    }

    @Test
    void thereAreNoMoreThanAnEighthOfTheMemoryTakes() {
        int length = 1 << 28;
        int fitting = Math.toIntExact(device.info().bytes() / 8 / length);
        int[] images = new int[fitting + 2];
        Arrays.setAll(images, i -> i);
        Pixels large = (image, target) -> {};
        OptionalLong[] found = device.images().addresses(large, length, images);
        assertEquals(
                fitting, Arrays.stream(found).filter(OptionalLong::isPresent).count());
        assertTrue(found[fitting].isEmpty());
    }
}
