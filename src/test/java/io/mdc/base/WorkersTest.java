package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkersTest {
    private static void assertEachItemRunsOnce(Workers workers, int items) {
        AtomicIntegerArray runs = new AtomicIntegerArray(items);
        workers.forEach(items, (item, worker) -> runs.incrementAndGet(item));
        for (int i = 0; i < items; i++) {
            assertEquals(1, runs.get(i), "item " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,5", "2,0", "2,1", "2,1000", "3,2", "3,100", "8,5"})
    void eachItemRunsOnce(int threads, int items) {
        try (Workers workers = new Workers(threads)) {
            assertEquals(threads, workers.threads());
            assertEachItemRunsOnce(workers, items);
            assertEachItemRunsOnce(workers, items);
        }
    }

    @Test
    void aWorkerNumberIsNeverOnTwoThreadsAtOnce() {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray inside = new AtomicIntegerArray(3);
            AtomicInteger clashes = new AtomicInteger();
            workers.forEach(3000, (item, worker) -> {
                if (inside.incrementAndGet(worker) != 1) {
                    clashes.incrementAndGet();
                }
                inside.decrementAndGet(worker);
            });
            assertEquals(0, clashes.get());
        }
    }

    @Test
    void itemsRunOnAllThreadsAtOnce() {
        try (Workers workers = new Workers(2)) {
            CountDownLatch both = new CountDownLatch(2);
            Set<Integer> numbers = ConcurrentHashMap.newKeySet();
            workers.forEach(2, (item, worker) -> {
                numbers.add(worker);
                both.countDown();
                try {
                    assertTrue(both.await(20, TimeUnit.SECONDS), "the other item has not begun");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(Set.of(0, 1), numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theExceptionOfAnItemIsThrownAgainAndTheTeamGoesOn(int threads) {
        try (Workers workers = new Workers(threads)) {
            RuntimeException failure = new IllegalStateException("item 3");
            AtomicInteger later = new AtomicInteger();
            RuntimeException thrown = assertThrows(
                    RuntimeException.class,
                    () -> workers.forEach(100_000, (item, worker) -> {
                        if (item == 3) {
                            throw failure;
                        }
                        later.incrementAndGet();
                    }));
            assertSame(failure, thrown);
            assertTrue(later.get() < 99_999, "items not yet begun are left out");
            assertEachItemRunsOnce(workers, 50);
        }
    }

    @Test
    void errorsAreThrownAgainToo() {
        try (Workers workers = new Workers(2)) {
            assertThrows(
                    OutOfMemoryError.class,
                    () -> workers.forEach(2, (item, worker) -> {
                        throw new OutOfMemoryError("item " + item);
                    }));
            assertEachItemRunsOnce(workers, 5);
        }
    }

    @Test
    void anInterruptLeavesItsMarkAndNothingUndone() {
        try (Workers workers = new Workers(2)) {
            Thread.currentThread().interrupt();
            assertEachItemRunsOnce(workers, 200);
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aTeamOfNobodyIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Workers(0))
                .getMessage();
        assertEquals("--threads 0: must be at least 1", message);
    }
}
