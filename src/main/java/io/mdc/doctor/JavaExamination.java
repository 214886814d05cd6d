package io.mdc.doctor;

import java.util.List;

/** The Java virtual machine, and who chose its options. */
final class JavaExamination implements Examination {
    private static final int OLDEST = 17;
    private static final String SUBJECT = "java";

    @Override
    public List<Finding> examine(Surroundings here) {
        JavaRuntime java = here.java();
        String found = java.version() + " of " + java.vendor() + ", heap up to " + Sizes.memory(java.heapBytes());
        if (java.feature() < OLDEST) {
            return List.of(Finding.advised(SUBJECT, found, "set JAVA_HOME to a Java " + OLDEST + " or newer"));
        } else if (!java.launched()) {
            return List.of(Finding.advised(
                    SUBJECT,
                    found + ", not started by ./mdc",
                    "start by ./mdc, which chooses heap, memory limits and threads for the machine"));
        }
        return List.of(Finding.fine(SUBJECT, found));
    }
}
