package io.mdc.tensor.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShortageTest {
    private static final int DONE = 0;

    @Test
    void memoryThatAnotherThreadGivesBackIsWaitedFor() {
        AtomicBoolean given = new AtomicBoolean();
        Cleaner.create().register(new Object(), () -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            given.set(true);
        });
        assertEquals(DONE, Shortage.overcome(() -> given.get() ? DONE : CudaError.OUT_OF_MEMORY));
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
