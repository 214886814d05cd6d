package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The hook is called as the JVM would; that the JVM does, InterruptIT shows. */
class StopSignalTest {
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void aSignalHoldsTheJvmUntilWorkIsDone() throws InterruptedException {
        AtomicInteger notices = new AtomicInteger();
        CountDownLatch noticed = new CountDownLatch(1);
        StopSignal stop = new StopSignal(() -> {
            notices.incrementAndGet();
            noticed.countDown();
        });
        assertFalse(stop.getAsBoolean());
        Thread hook = stop.hook();
        Runtime.getRuntime().removeShutdownHook(hook);
        hook.start();
        assertTrue(noticed.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertTrue(stop.getAsBoolean());
        hook.join(50);
        assertTrue(hook.isAlive(), "waits for the work");
        stop.close();
        hook.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertFalse(hook.isAlive());
        assertEquals(1, notices.get());
    }

    @Test
    void withoutASignalNothingIsNoticed() {
        AtomicInteger notices = new AtomicInteger();
        try (StopSignal stop = new StopSignal(notices::incrementAndGet)) {
            assertFalse(stop.getAsBoolean());
        }
        assertEquals(0, notices.get());
    }

    @Test
    void closingTakesTheHookAway() {
        Thread hook;
        try (StopSignal stop = new StopSignal(() -> {})) {
            hook = stop.hook();
        }
        assertFalse(Runtime.getRuntime().removeShutdownHook(hook), "was still there");
    }
}
