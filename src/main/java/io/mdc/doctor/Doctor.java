package io.mdc.doctor;

import io.mdc.base.OneLine;
import java.util.ArrayList;
import java.util.List;

/** All examinations. */
public final class Doctor {
    private static final List<Examination> ALL = List.of(
            new JavaExamination(),
            new ProcessorExamination(),
            new LibrariesExamination(),
            new ThreadsExamination(),
            new MemoryExamination(),
            new GpuExamination(),
            new DirectoriesExamination(),
            new LocaleExamination(),
            new TerminalExamination());

    private Doctor() {}

    /** Makes all examinations; one that fails is a finding itself. */
    public static List<Finding> examine(Surroundings here) {
        return examine(ALL, here);
    }

    static List<Finding> examine(List<Examination> examinations, Surroundings here) {
        List<Finding> findings = new ArrayList<>();
        for (Examination examination : examinations) {
            try {
                findings.addAll(examination.examine(here));
            } catch (RuntimeException e) {
                findings.add(Finding.advised(
                        examination.getClass().getSimpleName(),
                        "failed: " + OneLine.reason(e),
                        "report this line; the other findings stand"));
            }
        }
        return List.copyOf(findings);
    }
}
