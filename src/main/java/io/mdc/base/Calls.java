package io.mdc.base;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls of a team that are open, and who works on them. */
final class Calls {
    /** How long to look out for what is about to come before going to sleep. */
    private static final long PATIENCE_NANOS = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Call> open = new ArrayList<>();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private boolean closed;

    /** Items that are handed out in order. */
    static final class Call {
        private final int items;
        private final Workers.Task task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger working = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Call(int items, Workers.Task task) {
            this.items = items;
            this.task = task;
        }

        private boolean hasItems() {
            return next.get() < items;
        }

        private boolean isDone() {
            return working.get() == 0;
        }

        private void runItems(int worker) {
            try {
                for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                    task.run(item, worker);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(items);
            }
        }

        private void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    /** How many threads have nothing to do at the moment. */
    int idle() {
        return idle.get();
    }

    /** Works on the call alone; throws again what an item of it threw. */
    static void runAlone(Call call, int worker) {
        call.runItems(worker);
        call.rethrow();
    }

    /**
     * Works on the call until it is done, with all who are free; throws again what an item of it threw.
     *
     * @param helping whether the calling thread helps with other calls while it waits for the last items
     */
    void run(Call call, int worker, boolean helping) {
        lock.lock();
        try {
            open.add(call);
            changes.incrementAndGet();
            for (int i = 1; i < call.items && lock.hasWaiters(changed); i++) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        call.runItems(worker);
        lock.lock();
        try {
            open.remove(call);
            if (helping) {
                help(worker, call);
            }
            while (!call.isDone()) {
                lookOut(call);
            }
        } finally {
            lock.unlock();
        }
        call.rethrow();
    }

    /** Helps with all calls to come until this is closed. */
    void help(int worker) {
        lock.lock();
        try {
            help(worker, null);
        } finally {
            lock.unlock();
        }
    }

    /** Helps until a call is done, or, for null, until this is closed; holds the lock but while at work or waiting. */
    private void help(int worker, Call until) {
        idle.incrementAndGet();
        while (!closed && (until == null || !until.isDone())) {
            Call call = firstWithItems();
            if (call == null) {
                lookOut(until);
                continue;
            }
            idle.decrementAndGet();
            call.working.incrementAndGet();
            lock.unlock();
            try {
                call.runItems(worker);
            } finally {
                lock.lock();
            }
            idle.incrementAndGet();
            if (call.working.decrementAndGet() == 0) {
                changes.incrementAndGet();
                changed.signalAll();
            }
        }
        idle.decrementAndGet();
    }

    /** The call that was opened first, so that whole items come before pieces of them. */
    private Call firstWithItems() {
        for (Call call : open) {
            if (call.hasItems()) {
                return call;
            }
        }
        return null;
    }

    /** Waits for a change: for a moment awake where others are at work, then asleep. */
    private void lookOut(Call until) {
        int seen = changes.get();
        if (until != null || !open.isEmpty()) {
            lock.unlock();
            try {
                long patient = System.nanoTime() + PATIENCE_NANOS;
                while (changes.get() == seen && System.nanoTime() < patient) {
                    Thread.onSpinWait();
                }
            } finally {
                lock.lock();
            }
        }
        while (changes.get() == seen) {
            changed.awaitUninterruptibly();
        }
    }

    /** Sends the helpers home. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changes.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
