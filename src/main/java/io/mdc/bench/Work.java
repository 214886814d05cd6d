package io.mdc.bench;

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
}
