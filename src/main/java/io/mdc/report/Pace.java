package io.mdc.report;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a piece of work is and, from what its units took so far, how long the rest will take. */
final class Pace {
    private final LongSupplier nanoTime;
    private final long begun;
    private final long first;
    private long total;
    private long done;

    /**
     * Starts the clock.
     *
     * @param nanoTime clock in nanoseconds
     * @param total units of the whole work
     * @param done units that were done before, such as those of a run that is resumed
     */
    Pace(LongSupplier nanoTime, long total, long done) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.first = done;
        this.total = total;
        this.done = done;
    }

    synchronized void update(long unitsDone) {
        done = Math.min(unitsDone, total);
    }

    synchronized void shorten(long unitsInAll) {
        total = Math.max(done, unitsInAll);
    }

    synchronized boolean isComplete() {
        return done == total;
    }

    synchronized int percent() {
        return total == 0 ? 100 : (int) (100 * done / total);
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begun);
    }

    /** Returns elapsed time per unit times the units left; nothing before a first unit is done. */
    synchronized Optional<Duration> left() {
        if (done <= first) {
            return Optional.empty();
        }
        double perUnit = (double) elapsed().toNanos() / (done - first);
        return Optional.of(Duration.ofNanos((long) (perUnit * (total - done))));
    }

    /**
     * A status and "2 min 10 s left", with a comma between them; without the latter where it is not known or all is
     * done.
     */
    String textWith(String status) {
        Optional<String> left = isComplete() ? Optional.empty() : left().map(time -> Durations.text(time) + " left");
        return Stream.concat(Stream.of(status), left.stream())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
