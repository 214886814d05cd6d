package io.mdc.family;

import io.mdc.report.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Progress of the runs of a family that are condensed in lockstep: the loops of all of them are the units of one phase,
 * which begins once every run has begun its own.
 */
final class FamilyProgress {
    private final Progress progress;
    private final List<Member> members = new ArrayList<>();
    private int begun;

    /** Tells of all runs in one. */
    FamilyProgress(Progress progress) {
        this.progress = progress;
    }

    /** That of one more run. */
    synchronized Progress member(String name) {
        Member member = new Member(name);
        members.add(member);
        return member;
    }

    private long sum(ToLongFunction<Member> loops) {
        return members.stream().mapToLong(loops).sum();
    }

    /** That of one run. */
    private final class Member implements Progress {
        private final String name;
        private long total;
        private long done;
        private boolean ended;

        Member(String name) {
            this.name = name;
        }

        @Override
        public void begin(String phase, long ownTotal, long ownDone) {
            synchronized (FamilyProgress.this) {
                total = ownTotal;
                done = ownDone;
                if (++begun == members.size()) {
                    progress.begin(phase, sum(member -> member.total), sum(member -> member.done));
                }
            }
        }

        @Override
        public void update(long ownDone, String status) {
            synchronized (FamilyProgress.this) {
                done = Math.max(done, ownDone);
                progress.update(sum(member -> member.done), runs() + ", " + name + ": " + status);
            }
        }

        /** How many are as far as this one, or about to be: the others wait for them, or have ended. */
        private String runs() {
            long together = members.stream()
                    .filter(member -> !member.ended && member.done <= done)
                    .count();
            return (together < members.size() ? together + " of " : "")
                    + members.size()
                    + (members.size() == 1 ? " run" : " runs");
        }

        @Override
        public void shorten(long ownTotal) {
            synchronized (FamilyProgress.this) {
                total = Math.max(done, ownTotal);
                ended = true;
                progress.shorten(sum(member -> member.total));
            }
        }

        @Override
        public void milestone(String line) {
            progress.milestone(name + ": " + line);
        }

        /** Leaves the family's open. */
        @Override
        public void close() {}
    }
}
