package io.mdc.doctor;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads inside native operations, which would compete with those of the program. */
final class ThreadsExamination implements Examination {
    private static final List<String> VARIABLES = List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

    @Override
    public List<Finding> examine(Surroundings here) {
        int workers = here.java().processors();
        String found = workers + (workers == 1 ? " worker" : " workers, one per core") + "; "
                + VARIABLES.stream()
                        .map(name -> name + "=" + here.variable(name).orElse("unset"))
                        .collect(Collectors.joining(" "));
        boolean one = VARIABLES.stream()
                .allMatch(name -> here.variable(name).filter("1"::equals).isPresent());
        return Stream.of(
                        one
                                ? Finding.fine("threads", found)
                                : Finding.advised(
                                        "threads",
                                        found + ": native threads compete with the workers",
                                        "set both to 1; ./mdc does where they are not set"))
                .toList();
    }
}
