package io.mdc.bench;

import io.mdc.base.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A piece of work, of stages that follow each other.
 *
 * @param stages at least one
 */
record Work(List<Stage> stages) {

    /**
     * First something that one core does, then parts that several may do at the same time.
     *
     * @param nanos of the former
     * @param parts none at the end of the work
     */
    record Stage(long nanos, List<Work> parts) {}

    /** All of it, nanoseconds. */
    long nanos() {
        return stages.stream()
                .mapToLong(stage -> stage.nanos()
                        + stage.parts().stream().mapToLong(Work::nanos).sum())
                .sum();
    }

    /** Keeps what a team of one thread does. */
    static final class Recorder implements Workers.Listener {
        private final Deque<List<Stage>> works = new ArrayDeque<>();
        private final Deque<List<Work>> calls = new ArrayDeque<>();
        private final Deque<Long> before = new ArrayDeque<>();
        private long last;

        /** What it does in {@code part}. */
        Work of(Runnable part) {
            calls.push(new ArrayList<>());
            itemBegins();
            part.run();
            itemEnds();
            return calls.pop().get(0);
        }

        private long sinceLast() {
            long now = System.nanoTime();
            long nanos = now - last;
            last = now;
            return nanos;
        }

        @Override
        public void callBegins() {
            before.push(sinceLast());
            calls.push(new ArrayList<>());
        }

        @Override
        public void itemBegins() {
            works.push(new ArrayList<>());
            last = System.nanoTime();
        }

        @Override
        public void itemEnds() {
            List<Stage> stages = works.pop();
            stages.add(new Stage(sinceLast(), List.of()));
            calls.element().add(new Work(stages));
        }

        @Override
        public void callEnds() {
            Stage stage = new Stage(before.pop(), calls.pop());
            if (!works.isEmpty()) {
                works.element().add(stage);
            }
            last = System.nanoTime();
        }
    }
}
