package io.mdc.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A piece of work on a number of cores, as {@link io.mdc.base.Workers} divides it: parts go to the core that is free
 * first, those of the call that was opened first before others; who opened a call works on it too, and goes on when all
 * its parts are done. Cores are taken to be as fast together as alone.
 */
final class Schedule {
    private final PriorityQueue<Core> busy = new PriorityQueue<>(Comparator.comparingLong(core -> core.until));
    private final Deque<Core> idle = new ArrayDeque<>();
    private final List<Call> open = new ArrayList<>();
    private long now;

    /** Parts that are handed out, and who waits for them. */
    private static final class Call {
        private final List<Work> parts;
        private final Core owner;
        private final boolean outermost;
        private int next;
        private int running;

        Call(List<Work> parts, Core owner, boolean outermost) {
            this.parts = parts;
            this.owner = owner;
            this.outermost = outermost;
        }

        boolean hasParts() {
            return next < parts.size();
        }
    }

    /** A piece of work under way. */
    private static final class Doing {
        private final Work work;
        private final Call of;
        private int stage;
        private Call waitsFor;

        Doing(Work work, Call of) {
            this.work = work;
            this.of = of;
        }
    }

    /** A core, and what it is at: on top what it does now, below what waits for that. */
    private static final class Core {
        private final Deque<Doing> stack = new ArrayDeque<>();
        private long until;
    }

    private Schedule(int cores) {
        for (int i = 0; i < cores; i++) {
            idle.add(new Core());
        }
    }

    /** The nanoseconds that it takes on {@code cores} cores. */
    static long nanos(int cores, Work work) {
        return new Schedule(cores).run(work);
    }

    /** How many of the cores are busy on average: all work divided by the time it takes. */
    static double busy(int cores, Work work) {
        return (double) work.nanos() / Math.max(1, nanos(cores, work));
    }

    private long run(Work work) {
        begin(idle.remove(), new Doing(work, null));
        while (!busy.isEmpty()) {
            Core core = busy.remove();
            now = core.until;
            goOn(core);
            while (!idle.isEmpty() && firstOpen() != null) {
                take(idle.remove(), firstOpen());
            }
        }
        return now;
    }

    private Call firstOpen() {
        return open.stream().filter(Call::hasParts).findFirst().orElse(null);
    }

    private void begin(Core core, Doing doing) {
        core.stack.push(doing);
        core.until = now + doing.work.stages().get(doing.stage).nanos();
        busy.add(core);
    }

    private void take(Core core, Call call) {
        call.running++;
        begin(core, new Doing(call.parts.get(call.next++), call));
    }

    /** What the core did alone is done: its parts come next, or what comes after it. */
    private void goOn(Core core) {
        Doing doing = core.stack.element();
        List<Work> parts = doing.work.stages().get(doing.stage).parts();
        if (parts.isEmpty()) {
            nextStage(core);
            return;
        }
        doing.waitsFor = new Call(parts, core, doing.of == null);
        open.add(doing.waitsFor);
        work(core, doing.waitsFor);
    }

    /** The owner of a call takes a part, or goes on if all are done, or waits. */
    private void work(Core owner, Call call) {
        if (call.hasParts()) {
            take(owner, call);
        } else if (call.running == 0) {
            open.remove(call);
            owner.stack.element().waitsFor = null;
            nextStage(owner);
        } else if (call.outermost) {
            idle.addFirst(owner);
        }
    }

    private void nextStage(Core core) {
        Doing doing = core.stack.element();
        doing.stage++;
        if (doing.stage < doing.work.stages().size()) {
            core.stack.pop();
            begin(core, doing);
            return;
        }
        core.stack.pop();
        if (doing.of != null) {
            end(core, doing.of);
        }
    }

    /** A part of a call is done. */
    private void end(Core core, Call call) {
        call.running--;
        if (core == call.owner) {
            work(core, call);
            return;
        }
        if (!call.hasParts() && call.running == 0) {
            wake(call.owner, call);
        }
        Doing below = core.stack.peek();
        if (below != null) {
            work(core, below.waitsFor);
        } else {
            idle.add(core);
        }
    }

    /** The owner goes on, unless it is at something else in between, after which it looks again. */
    private void wake(Core owner, Call call) {
        if (owner.stack.element().waitsFor == call) {
            idle.remove(owner);
            work(owner, call);
        }
    }
}
