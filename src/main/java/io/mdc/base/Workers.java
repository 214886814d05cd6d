package io.mdc.base;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A fixed team of threads that works through numbered items, the calling thread being one of them.
 *
 * <p>Items are handed out in order, each to whoever is free. Threads that find no more items help others with pieces of
 * theirs, see {@link #split}. One call at a time; close to end the threads.
 */
public final class Workers implements AutoCloseable {
    /** Smaller teams seldom have a thread free, and waking it costs as much as it does. */
    private static final int MANY = 4;

    private static final ThreadLocal<Seat> SEAT = new ThreadLocal<>();

    private final int threads;
    private final int cores;
    private final Optional<Listener> listener;
    private final Calls calls = new Calls();

    /** Where a thread works. */
    private record Seat(Workers team, int number) {}

    /** Is told of the work of a team of one thread, as it is done. */
    public interface Listener {
        /** Items that might be worked on at the same time are begun. */
        void callBegins();

        /** One of them is begun. */
        void itemBegins();

        /** The item that was begun last, and did not end yet, ends. */
        void itemEnds();

        /** The call that was begun last, and did not end yet, ends. */
        void callEnds();
    }

    /**
     * A team of {@code threads}.
     *
     * @throws IllegalArgumentException if {@code threads < 1}
     */
    public Workers(int threads) {
        this(threads, threads, Optional.empty());
    }

    /**
     * A team of one thread that divides its work as one of {@code cores} threads would, and tells a listener of it.
     *
     * @throws IllegalArgumentException if {@code cores < 1}
     */
    public Workers(int cores, Listener listener) {
        this(1, cores, Optional.of(listener));
    }

    private Workers(int threads, int cores, Optional<Listener> listener) {
        if (threads < 1 || cores < 1) {
            throw new IllegalArgumentException("--threads " + Math.min(threads, cores) + ": must be at least 1");
        }
        this.threads = threads;
        this.cores = cores;
        this.listener = listener;
        IntStream.range(1, threads).forEach(this::hire);
    }

    private void hire(int number) {
        Thread helper = new Thread(
                () -> {
                    SEAT.set(new Seat(this, number));
                    calls.help(number);
                },
                "mdc-worker");
        helper.setDaemon(true);
        helper.start();
    }

    /** What is done with an item. */
    public interface Task {
        /** Works on {@code item}; {@code worker}, from 0 to threads − 1, is the number of the thread it runs on. */
        void run(int item, int worker);
    }

    /** What is done with some of the pieces of an item, from one number (inclusive) to another (exclusive). */
    public interface Pieces {
        /** Works on the pieces; on any thread, several at once. */
        void run(int from, int to);
    }

    /** The size of the team. */
    public int threads() {
        return threads;
    }

    /** How many cores whoever has much to do should divide it for: the size of the team, but in measurements. */
    public int cores() {
        return cores;
    }

    /**
     * Whether these are so many that it pays to find more for them to do at once, at the price of memory and caches.
     */
    public boolean hasManyCores() {
        return cores >= MANY;
    }

    /**
     * Runs the task on items 0 to {@code items} − 1 and returns when all are done; the first exception or error of a
     * task is thrown again here, after which items not yet begun are left out.
     */
    public void forEach(int items, Task task) {
        Seat before = SEAT.get();
        SEAT.set(new Seat(this, 0));
        try {
            if (threads > 1 && items > 1) {
                calls.run(new Calls.Call(items, task), 0, true);
            } else {
                runAlone(items, task, 0);
            }
        } finally {
            SEAT.set(before);
        }
    }

    /**
     * {@link #forEach} with at most {@code most} items at once; {@code worker} is less than that, too.
     *
     * @throws IllegalArgumentException if {@code most < 1}
     */
    public void forEach(int items, int most, Task task) {
        if (most >= threads) {
            forEach(items, task);
            return;
        }
        try (Workers few = new Workers(most)) {
            few.forEach(items, task);
        }
    }

    /** Runs one item, which others may help with. */
    public void run(Runnable item) {
        forEach(1, (only, worker) -> item.run());
    }

    /**
     * Runs an item's work on its pieces 0 to {@code count} − 1, which do not depend on each other, with as much help as
     * there is from threads of the team that have no item of their own; alone where the calling thread is at no item.
     *
     * <p>How many pieces go together is left open, so that results may not depend on it.
     */
    public static void split(int count, Pieces pieces) {
        Seat seat = SEAT.get();
        if (seat == null || count < 2) {
            pieces.run(0, count);
        } else {
            seat.team().split(seat.number(), count, pieces);
        }
    }

    private void split(int number, int count, Pieces pieces) {
        int parts = Math.min(count, parts());
        if (parts == 1) {
            pieces.run(0, count);
            return;
        }
        Task task = (part, worker) ->
                pieces.run((int) ((long) count * part / parts), (int) ((long) count * (part + 1) / parts));
        if (threads > 1) {
            calls.run(new Calls.Call(parts, task), number, false);
        } else {
            runAlone(parts, task, number);
        }
    }

    /** In how many parts to split: one for every thread that is free, where there are enough for that to pay. */
    private int parts() {
        if (!hasManyCores()) {
            return 1;
        }
        return listener.isPresent() ? cores : 1 + calls.idle();
    }

    private void runAlone(int items, Task task, int worker) {
        if (listener.isEmpty()) {
            Calls.runAlone(new Calls.Call(items, task), worker);
            return;
        }
        Listener told = listener.get();
        told.callBegins();
        Calls.runAlone(
                new Calls.Call(items, (item, number) -> {
                    told.itemBegins();
                    task.run(item, number);
                    told.itemEnds();
                }),
                worker);
        told.callEnds();
    }

    @Override
    public void close() {
        calls.close();
    }
}
