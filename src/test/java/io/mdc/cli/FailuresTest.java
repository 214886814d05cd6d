package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.DivergedException;
import io.mdc.base.JavaHeap;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4jBackend;

class FailuresTest {
    private static final Pattern TRACE = Pattern.compile(" \\(stack trace in (.*)\\)");

    @Test
    void settingsAreUsageAndDataIsData() {
        assertReport(ExitCode.USAGE, "mdc: --ipc 0: must be more\n", new ConfigException("ipc", 0, "must be more"));
        assertReport(ExitCode.DATA, "mdc: d.bin: truncated\n", new DataException("d.bin: truncated"));
    }

    @Test
    void wrappersAreTakenOff() {
        assertReport(
                ExitCode.DATA,
                "mdc: d.bin: truncated\n",
                new ExecutionException(new ExecutionException(new DataException("d.bin: truncated"))));
    }

    @Test
    void interruptionSaysSo() {
        assertReport(ExitCode.INTERRUPTED, "mdc: interrupted\n", new InterruptedException());
        assertReport(
                ExitCode.INTERRUPTED,
                "mdc: interrupted; --resume continues\n",
                new CancellationException("interrupted; --resume continues"));
    }

    @Test
    void memoryHasItsOwnCodeAndAHint() {
        assertReport(
                ExitCode.MEMORY,
                "mdc: out of memory (Java heap space): give the Java heap more with the environment variable MDC_HEAP,"
                        + " such as " + JavaHeap.setting(2 * JavaHeap.bytes()) + "\n",
                new OutOfMemoryError("Java heap space"));
        String hint =
                ": use fewer --threads, a smaller --chunk or a smaller --batch-syn-max, or free memory; a smaller MDC_HEAP leaves more to"
                        + " arrays outside the Java heap\n";
        assertReport(
                ExitCode.MEMORY,
                "mdc: out of memory (Physical memory usage is too high)" + hint,
                new OutOfMemoryError("Physical memory usage is too high"));
        assertReport(
                ExitCode.MEMORY,
                "mdc: out of memory (op failed)" + hint,
                new IllegalStateException("op failed", new RuntimeException("std::bad_alloc")));
    }

    /** The shapes are those of ND4J 1.0.0-M2.1 for CUDA on a machine without a driver, on first use and later. */
    @Test
    void aBackendThatCannotRunIsUsage() {
        String line =
                "mdc: no ND4J backend runs on this machine: MDC_BACKEND=cuda needs an NVIDIA GPU, its driver, CUDA"
                        + " 11.6 (--verbose shows what is missing); without MDC_BACKEND mdc runs on the CPU\n";
        Throwable none = new Nd4jBackend.NoAvailableBackendException(
                "Please ensure that you have an nd4j backend on your classpath.");
        assertReport(ExitCode.USAGE, line, new ExceptionInInitializerError(new RuntimeException(none)));
        Error later = new NoClassDefFoundError("Could not initialize class org.nd4j.linalg.factory.Nd4j");
        later.initCause(new ExceptionInInitializerError(
                "Exception java.lang.RuntimeException: " + none + " [in thread \"main\"]"));
        assertReport(ExitCode.USAGE, line, later);
    }

    @Test
    void theInnermostMissingLibraryIsNamed() {
        Error outer = new UnsatisfiedLinkError("no jniopenblas in java.library.path: /usr/lib");
        outer.initCause(new UnsatisfiedLinkError("libgomp.so.1: cannot open shared object file"));
        assertReport(
                ExitCode.FAILED,
                "mdc: a native library cannot be loaded (libgomp.so.1: cannot open shared object file): start by ./mdc,"
                        + " or see docs/troubleshooting.md\n",
                new ExceptionInInitializerError(new RuntimeException("ND4J is probably missing dependencies.", outer)));
    }

    @Test
    void aClassThatCannotBeInitialisedSaysWhy() {
        assertReport(
                ExitCode.FAILED,
                "mdc: no such table\n",
                new ExceptionInInitializerError(new IllegalStateException("no such table")));
    }

    @Test
    void filesAreNamedWithWhatIsWrongWithThem() {
        assertReport(
                ExitCode.FAILED,
                "mdc: run/a.png: no such file or directory\n",
                new UncheckedIOException(new NoSuchFileException("run/a.png")));
        assertReport(ExitCode.FAILED, "mdc: run: permission denied\n", new AccessDeniedException("run"));
    }

    @Test
    void unexpectedFailureIsOneLineAndItsTraceGoesToAFile() throws IOException {
        StringWriter err = new StringWriter();
        int code = new Failures(new PrintWriter(err), () -> false)
                .report(new IllegalStateException("first line\nsecond line"));
        assertEquals(ExitCode.FAILED, code);
        Matcher matcher = TRACE.matcher(err.toString());
        assertTrue(matcher.find(), err.toString());
        Path file = Path.of(matcher.group(1));
        assertTrue(Files.readString(file).contains("at " + FailuresTest.class.getName()));
        Files.delete(file);
        assertEquals("mdc: first line\n", matcher.replaceAll(""));
    }

    @Test
    void whatIsOfTheRunHasNoTrace() {
        DiskFull full = assertThrows(DiskFull.class, () -> DiskFull.requireRoom(Path.of("/"), Long.MAX_VALUE));
        for (Exception failure : List.of(
                new DivergedException("the loss is NaN"),
                new UncheckedIOException(full),
                new AccessDeniedException("runs/lock"),
                new FileSystemException("rep.part", "rep", "Is a directory"))) {
            StringWriter err = new StringWriter();
            assertEquals(ExitCode.FAILED, new Failures(new PrintWriter(err), () -> false).report(failure));
            assertFalse(err.toString().contains("stack trace"), err.toString());
        }
    }

    @Test
    void verboseShowsTheTraceInsteadOfSavingIt() {
        StringWriter err = new StringWriter();
        new Failures(new PrintWriter(err), () -> true).report(new IllegalStateException("broken"));
        assertTrue(err.toString().startsWith("mdc: broken\njava.lang.IllegalStateException: broken"), err.toString());
        assertFalse(err.toString().contains("stack trace in"));
    }

    private static void assertReport(int code, String message, Throwable failure) {
        StringWriter err = new StringWriter();
        assertEquals(code, new Failures(new PrintWriter(err), () -> false).report(failure));
        Matcher matcher = TRACE.matcher(err.toString());
        if (matcher.find()) {
            assertTrue(Path.of(matcher.group(1)).toFile().delete());
        }
        assertEquals(message, matcher.replaceAll(""));
    }
}
