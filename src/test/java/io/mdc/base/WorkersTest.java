package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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

    @ParameterizedTest
    @CsvSource({"1,1", "4,2", "4,1", "3,9"})
    void noMoreItemsAreAtOnceThanAsked(int threads, int most) {
        try (Workers workers = new Workers(threads)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(300);
            AtomicIntegerArray inside = new AtomicIntegerArray(Math.min(threads, most));
            workers.forEach(300, most, (item, worker) -> {
                assertEquals(1, inside.incrementAndGet(worker));
                runs.incrementAndGet(item);
                inside.decrementAndGet(worker);
            });
            for (int i = 0; i < 300; i++) {
                assertEquals(1, runs.get(i), "item " + i);
            }
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

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8})
    void threadsWithoutItemsHelpWithPiecesOfOthers(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < 50; round++) {
                int items = 1 + round % 4;
                AtomicIntegerArray runs = new AtomicIntegerArray(items * 40);
                workers.forEach(items, (item, worker) -> {
                    for (int call = 0; call < 2; call++) {
                        int first = item * 40 + call * 20;
                        Workers.split(20, (from, to) -> {
                            for (int piece = from; piece < to; piece++) {
                                pause();
                                runs.incrementAndGet(first + piece);
                            }
                        });
                        for (int piece = 0; piece < 20; piece++) {
                            assertEquals(1, runs.get(first + piece), "all pieces are done when the call returns");
                        }
                    }
                });
            }
        }
    }

    @Test
    void aSingleItemIsSplitAmongAll() {
        try (Workers workers = new Workers(4)) {
            CountDownLatch all = new CountDownLatch(4);
            AtomicInteger together = new AtomicInteger();
            for (int trial = 0; trial < 100 && together.get() == 0; trial++) {
                pause();
                workers.run(() -> Workers.split(4, (from, to) -> {
                    if (to - from == 1) {
                        all.countDown();
                        try {
                            together.addAndGet(all.await(20, TimeUnit.SECONDS) ? 1 : 0);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }));
            }
            assertEquals(4, together.get());
        }
    }

    @Test
    void outsideOfItemsAndInSmallTeamsNothingIsSplit() {
        try (Workers workers = new Workers(3)) {
            workers.run(() -> Workers.split(9, (from, to) -> assertEquals(9, to - from)));
        }
        AtomicInteger calls = new AtomicInteger();
        Workers.split(7, (from, to) -> {
            assertEquals(0, from);
            assertEquals(7, to);
            calls.incrementAndGet();
        });
        Workers.split(0, (from, to) -> calls.addAndGet(to));
        assertEquals(1, calls.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theExceptionOfAPieceIsThrownByItsCall(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < 20; round++) {
                AtomicInteger caught = new AtomicInteger();
                workers.forEach(2, (item, worker) -> {
                    try {
                        Workers.split(10, (from, to) -> {
                            pause();
                            if (to == 10) {
                                throw new ArithmeticException("expected");
                            }
                        });
                    } catch (ArithmeticException e) {
                        caught.incrementAndGet();
                    }
                });
                assertEquals(2, caught.get());
            }
        }
    }

    @Test
    void aListenerIsToldOfItemsAndPieces() {
        List<String> told = new ArrayList<>();
        Workers.Listener listener = new Workers.Listener() {
            @Override
            public void callBegins() {
                told.add("(");
            }

            @Override
            public void itemBegins() {
                told.add("[");
            }

            @Override
            public void itemEnds() {
                told.add("]");
            }

            @Override
            public void callEnds() {
                told.add(")");
            }
        };
        try (Workers workers = new Workers(4, listener)) {
            assertEquals(1, workers.threads());
            assertEquals(4, workers.cores());
            workers.forEach(2, (item, worker) -> {
                if (item == 1) {
                    Workers.split(8, (from, to) -> told.add(from + "-" + to));
                }
            });
        }
        assertEquals("([][([0-2][2-4][4-6][6-8])])", String.join("", told));
    }

    private static void pause() {
        try {
            Thread.sleep(0, 100_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
