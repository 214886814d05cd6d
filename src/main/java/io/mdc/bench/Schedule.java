package io.mdc.bench;

import io.mdc.base.Workers;
import java.util.PriorityQueue;

/**
 * How long a piece of work would take on a number of cores, from the times of its items on the threads there are: in
 * every call of {@link Workers#forEach} an item goes to the core that is free first, and what is between calls is done
 * by one core. Cores are taken to be as fast together as alone.
 *
 * <p>Items should be timed with one thread per core, as those that wait for a core take longer.
 */
final class Schedule implements Workers.Listener {
    private final int cores;
    private double nanos;
    private double work;
    private double inCalls;

    /** Nothing done yet, to be done on that many cores. */
    Schedule(int cores) {
        this.cores = cores;
    }

    @Override
    public void done(long[] items, long wall) {
        PriorityQueue<Long> free = new PriorityQueue<>();
        for (int core = 0; core < Math.min(cores, Math.max(1, items.length)); core++) {
            free.add(0L);
        }
        long end = 0;
        for (long item : items) {
            long done = free.remove() + item;
            free.add(done);
            end = Math.max(end, done);
            work += item;
        }
        nanos += end;
        inCalls += wall;
    }

    /** Starts anew. */
    void reset() {
        nanos = 0;
        work = 0;
        inCalls = 0;
    }

    /**
     * How many of the cores the work keeps busy on average: all work divided by the time it would take.
     *
     * @param wall seconds that it took, of which those outside of calls are of one core
     */
    double busy(double wall) {
        double alone = Math.max(0, wall * 1e9 - inCalls);
        return (alone + work) / Math.max(1, alone + nanos);
    }
}
