package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuietErrorStreamTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private PrintStream stream(boolean verbose) {
        return new QuietErrorStream(new PrintStream(shown, true, StandardCharsets.UTF_8), () -> verbose);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** As org.nd4j.linalg.jcublas.JCublasBackend.isAvailable prints it. */
    private static Throwable ofBackend() {
        Throwable cause = new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file");
        Throwable thrown = new IllegalStateException(cause);
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.nd4j.linalg.jcublas.JCublasBackend", "isAvailable", "JCublasBackend.java", 51),
            new StackTraceElement("org.nd4j.linalg.factory.Nd4jBackend", "load", "Nd4jBackend.java", 175)
        });
        return thrown;
    }

    @Test
    void theTraceOfABackendIsKeptBack() {
        PrintStream stream = stream(false);
        stream.println("before");
        ofBackend().printStackTrace(stream);
        stream.println("größer");
        assertEquals("before" + System.lineSeparator() + "größer" + System.lineSeparator(), shown());
    }

    @Test
    void otherTracesAreShownEvenAfterIt() {
        PrintStream stream = stream(false);
        ofBackend().printStackTrace(stream);
        new IllegalStateException("broken").printStackTrace(stream);
        assertTrue(shown().startsWith("java.lang.IllegalStateException: broken" + System.lineSeparator() + "\tat "));
    }

    @Test
    void verboseShowsAll() {
        ofBackend().printStackTrace(stream(true));
        assertTrue(shown().contains("libcuda.so.1"), shown());
    }
}
