package io.mdc.cli;

import io.mdc.report.Progress;
import io.mdc.report.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out data, UTF-8
 * @param err progress, notes and failures, UTF-8
 * @param terminal whether {@code err} is a terminal
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {
    /** Returns the process's own standard output and error. */
    static Console standard() {
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Terminal.isStandardError());
    }

    /** Says something worth knowing, though nothing is wrong. */
    void note(String line) {
        err.print("mdc: note: " + line + "\n");
        err.flush();
    }

    /** Returns new progress on standard error; the caller closes it. */
    Progress progress() {
        return Progress.on(err, terminal);
    }
}
