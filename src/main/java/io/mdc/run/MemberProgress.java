package io.mdc.run;

import io.mdc.report.Progress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Progress of a run of a family: all tell of the loops that they do in lockstep, and the furthest are passed on.
 *
 * @param name of the run
 * @param runs of the family
 * @param furthest units that have been passed on, shared by all
 * @param family whose line it is
 */
record MemberProgress(String name, int runs, AtomicLong furthest, Progress family) implements Progress {
    @Override
    public void begin(String phase, long total, long done) {
        furthest.set(done);
        family.begin(phase, total, done);
    }

    @Override
    public void update(long done, String status) {
        if (furthest.getAndAccumulate(done, Math::max) <= done) {
            family.update(done, runs + " runs, " + name + ": " + status);
        }
    }

    @Override
    public void milestone(String line) {
        family.milestone(name + ": " + line);
    }

    /** Leaves the family's open. */
    @Override
    public void close() {}
}
