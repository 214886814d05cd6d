package io.mdc.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Adds up the time of all threads in every {@link Phase}, and the images that went through. Thread-safe. */
public final class Phases {
    private record Sum(LongAdder nanos, LongAdder images) {}

    private final Map<Phase, Sum> sums = new EnumMap<>(Phase.class);

    /** A clock at 0. */
    public Phases() {
        for (Phase phase : Phase.values()) {
            sums.put(phase, new Sum(new LongAdder(), new LongAdder()));
        }
    }

    /** Runs a part and adds its time. */
    public void time(Phase phase, Runnable part) {
        long start = System.nanoTime();
        part.run();
        add(phase, System.nanoTime() - start);
    }

    /** Adds nanoseconds. */
    public void add(Phase phase, long time) {
        add(phase, time, 0);
    }

    void add(Phase phase, long time, int count) {
        sums.get(phase).nanos().add(time);
        sums.get(phase).images().add(count);
    }

    /** Seconds of all threads together. */
    public double seconds(Phase phase) {
        return sums.get(phase).nanos().sum() / 1e9;
    }

    /** Images that went through; 0 where they are not counted. */
    public long images(Phase phase) {
        return sums.get(phase).images().sum();
    }

    /** Starts anew. */
    public void reset() {
        for (Sum sum : sums.values()) {
            sum.nanos().reset();
            sum.images().reset();
        }
    }
}
