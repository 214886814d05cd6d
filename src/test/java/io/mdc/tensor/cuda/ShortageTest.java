package io.mdc.tensor.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortageTest {
    private static final int DONE = 0;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 11})
    void memoryThatIsGivenBackMeanwhileIsTaken(int givenBack) {
        AtomicInteger asked = new AtomicInteger();
        assertEquals(
                DONE, Shortage.overcome(() -> asked.incrementAndGet() < givenBack ? CudaError.OUT_OF_MEMORY : DONE));
        assertEquals(givenBack, asked.get());
    }

    @Test
    void whereThereIsNoneItEnds() {
        AtomicInteger asked = new AtomicInteger();
        assertEquals(CudaError.OUT_OF_MEMORY, Shortage.overcome(() -> {
            asked.incrementAndGet();
            return CudaError.OUT_OF_MEMORY;
        }));
        assertEquals(11, asked.get());
    }

    @Test
    void otherFailuresAndRoomAreToldAtOnce() {
        for (int code : new int[] {DONE, 700}) {
            AtomicInteger asked = new AtomicInteger();
            assertEquals(code, Shortage.overcome(() -> {
                asked.incrementAndGet();
                return code;
            }));
            assertEquals(1, asked.get());
        }
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        Thread.currentThread().interrupt();
        assertEquals(CudaError.OUT_OF_MEMORY, Shortage.overcome(() -> CudaError.OUT_OF_MEMORY));
        assertTrue(Thread.interrupted());
    }
}
