package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DirectoryLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook is called as the JVM would; that the JVM does, InterruptIT shows. */
class StopSignalTest {
    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();

    /** Starts the hook as a signal does, and waits for its notice. */
    private Thread raise(StopSignal stop, String notice) throws InterruptedException {
        Thread hook = stop.hook();
        Runtime.getRuntime().removeShutdownHook(hook);
        hook.start();
        String said = notices.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(said != null && said.startsWith(notice), said);
        return hook;
    }

    @Test
    void aSignalHoldsTheJvmUntilWorkIsDone() throws InterruptedException {
        AtomicInteger saved = new AtomicInteger();
        StopSignal stop = new StopSignal(notices::add);
        stop.waitForWork(saved::incrementAndGet);
        assertFalse(stop.requested());
        Thread hook = raise(stop, "interrupted: stopping as soon as");
        assertTrue(stop.requested());
        hook.join(50);
        assertTrue(hook.isAlive(), "waits for the work");
        stop.close();
        hook.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertFalse(hook.isAlive());
        assertEquals(0, saved.get());
        assertEquals(0, notices.size());
    }

    @Test
    void aSignalBeforeThereIsAnythingToSaveEndsTheJvmAtOnce() throws InterruptedException {
        try (StopSignal stop = new StopSignal(notices::add)) {
            Thread hook = raise(stop, "interrupted, with nothing to save");
            hook.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertFalse(hook.isAlive());
            assertTrue(stop.requested());
        }
    }

    @Test
    void workThatTakesTooLongIsSavedFromOutside() throws InterruptedException {
        AtomicInteger saved = new AtomicInteger();
        try (StopSignal stop = new StopSignal(notices::add)) {
            stop.waitForWork(saved::incrementAndGet);
            stop.advise("interrupted; go on");
            long start = System.nanoTime();
            Thread hook = raise(stop, "interrupted: stopping");
            hook.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertEquals(1, saved.get());
            assertEquals("interrupted; go on", notices.poll());
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "within ten seconds");
        }
    }

    @Test
    void directoriesAreGivenBackOnlyWhenTheWorkIsSaved(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lock");
        AtomicBoolean held = new AtomicBoolean();
        DirectoryLock lock = DirectoryLock.take(folder);
        try (StopSignal stop = new StopSignal(notices::add)) {
            stop.waitForWork(() -> held.set(Files.exists(file)));
            raise(stop, "interrupted: stopping").join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertTrue(held.get());
            assertFalse(Files.exists(file));
            Files.writeString(file, "another's");
            lock.close();
            assertTrue(Files.exists(file), "is not ours to take away");
        }
    }

    @Test
    void aDirectoryIsGivenBackWhereThereIsNothingToSave(@TempDir Path folder) throws Exception {
        DirectoryLock lock = DirectoryLock.take(folder);
        try (StopSignal stop = new StopSignal(notices::add)) {
            raise(stop, "interrupted, with nothing").join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertFalse(DirectoryLock.isTaken(folder));
            lock.close();
        }
    }

    @Test
    void withoutASignalNothingIsNoticed() {
        try (StopSignal stop = new StopSignal(notices::add)) {
            assertFalse(stop.requested());
        }
        assertEquals(0, notices.size());
    }

    @Test
    void closingTakesTheHookAway() {
        Thread hook;
        try (StopSignal stop = new StopSignal(notice -> {})) {
            hook = stop.hook();
        }
        assertFalse(Runtime.getRuntime().removeShutdownHook(hook), "was still there");
    }
}
