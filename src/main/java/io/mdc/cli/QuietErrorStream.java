package io.mdc.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Standard error for libraries: passes on all but the stack trace that ND4J prints when a backend cannot be loaded, for
 * which {@link Failures} has a line.
 */
final class QuietErrorStream extends PrintStream {
    private static final String LOADER = "org.nd4j.linalg.factory.Nd4jBackend";

    private final BooleanSupplier verbose;
    private boolean quiet;

    /** Passes on to {@code real}, which stays open, and everything if {@code verbose} says so. */
    QuietErrorStream(PrintStream real, BooleanSupplier verbose) {
        super(real, true, StandardCharsets.UTF_8);
        this.verbose = verbose;
    }

    /** Where stack traces arrive: the exception, then a line for each frame. */
    @Override
    public synchronized void println(Object line) {
        if (line instanceof Throwable thrown) {
            quiet = !verbose.getAsBoolean()
                    && Arrays.stream(thrown.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(LOADER));
        }
        if (!quiet) {
            super.println(line);
        }
    }
}
