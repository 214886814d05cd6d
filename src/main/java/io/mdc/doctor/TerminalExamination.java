package io.mdc.doctor;

import java.util.List;

/** Whether progress is drawn over itself. */
final class TerminalExamination implements Examination {
    @Override
    public List<Finding> examine(Surroundings here) {
        String type = here.variable("TERM").orElse("of unknown type");
        return List.of(Finding.fine(
                "terminal",
                here.terminal()
                        ? type + "; progress is one live line"
                        : "none on standard error, or a dumb one; progress is a plain line now and then"));
    }
}
