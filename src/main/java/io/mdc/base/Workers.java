package io.mdc.base;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed team of threads that works through numbered items, the calling thread being one of them.
 *
 * <p>Items are handed out in order, each to whoever is free. One call at a time; close to end the threads.
 */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final Optional<Listener> listener;
    private final ExecutorService helpers;

    /** Is told of every call of {@link #forEach}. */
    public interface Listener {
        /**
         * All items are done.
         *
         * @param items nanoseconds of each; the listener's own
         * @param nanos of the whole call
         */
        void done(long[] items, long nanos);
    }

    /**
     * A team of {@code threads}.
     *
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public Workers(int threads) {
        this(threads, Optional.empty());
    }

    /**
     * A team that tells a listener, on the thread that calls.
     *
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public Workers(int threads, Listener listener) {
        this(threads, Optional.of(listener));
    }

    private Workers(int threads, Optional<Listener> listener) {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads " + threads + ": must be at least 1");
        }
        this.threads = threads;
        this.listener = listener;
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, "mdc-worker");
            thread.setDaemon(true);
            return thread;
        };
        helpers = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, factory);
    }

    /** What is done with an item. */
    public interface Task {
        /** Works on {@code item}; {@code worker}, from 0 to threads − 1, is the number of the thread it runs on. */
        void run(int item, int worker);
    }

    /** The size of the team. */
    public int threads() {
        return threads;
    }

    /**
     * Runs the task on items 0 to {@code items} − 1 and returns when all are done; the first exception or error of a
     * task is thrown again here, after which items not yet begun are left out.
     */
    public void forEach(int items, Task task) {
        if (listener.isEmpty()) {
            hand(items, task);
            return;
        }
        long[] nanos = new long[items];
        long start = System.nanoTime();
        hand(items, (item, worker) -> {
            long begun = System.nanoTime();
            task.run(item, worker);
            nanos[item] = System.nanoTime() - begun;
        });
        listener.get().done(nanos, System.nanoTime() - start);
    }

    private void hand(int items, Task task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int team = Math.min(threads, items);
        CountDownLatch done = new CountDownLatch(Math.max(0, team - 1));
        for (int worker = 1; worker < team; worker++) {
            int number = worker;
            helpers.execute(() -> {
                work(items, number, task, next, failure);
                done.countDown();
            });
        }
        work(items, 0, task, next, failure);
        awaitUninterruptibly(done);
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void work(int items, int worker, Task task, AtomicInteger next, AtomicReference<Throwable> failure) {
        try {
            for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                task.run(item, worker);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(items);
        }
    }

    /** Arrays handed out must not be used again before every worker is done, so an interrupt only leaves its mark. */
    private static void awaitUninterruptibly(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }
}
