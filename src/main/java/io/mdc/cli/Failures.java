package io.mdc.cli;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.DivergedException;
import io.mdc.base.FailureLine;
import io.mdc.base.JavaHeap;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns a failure into a line for the user and an exit code. */
final class Failures {
    private static final String NO_BACKEND =
            "no ND4J backend runs on this machine: MDC_BACKEND=cuda needs an NVIDIA GPU,"
                    + " its driver, CUDA 11.6 (--verbose shows what is missing); without MDC_BACKEND mdc runs on the"
                    + " CPU";

    /** What the JVM says when its heap, rather than native memory, ends. */
    private static final List<String> JAVA_HEAP =
            List.of("Java heap space", "GC overhead limit", "Requested array size", "Required length exceeds");

    private final PrintWriter err;
    private final BooleanSupplier verbose;

    /** Reports to {@code err}, with stack traces if {@code verbose} says so when a failure comes. */
    Failures(PrintWriter err, BooleanSupplier verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** Prints one line and returns the exit code. */
    int report(Throwable thrown) {
        Throwable failure = unwrap(thrown);
        int code = code(failure);
        boolean unexpected = (code == ExitCode.FAILED && !isOfTheRun(failure)) || code == ExitCode.MEMORY;
        String trace = unexpected && !verbose.getAsBoolean() ? savedTrace(failure) : "";
        err.print("mdc: " + message(failure, code) + trace + "\n");
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    /** Whether a failure says nothing of the program, and all in its message. */
    private static boolean isOfTheRun(Throwable failure) {
        return failure instanceof DivergedException
                || failure instanceof DiskFull
                || failure instanceof FileSystemException;
    }

    /** Says that what was printed did not all arrive, and returns the exit code. */
    int outputLost() {
        err.print("mdc: standard output cannot be written: its disk is full, or what reads it has ended; nothing else"
                + " failed\n");
        err.flush();
        return ExitCode.FAILED;
    }

    private static int code(Throwable failure) {
        if (failure instanceof LeftOutException) {
            return code(failure.getCause());
        } else if (failure instanceof ConfigException
                || failure instanceof ParameterException
                || isNoBackend(failure)) {
            return ExitCode.USAGE;
        } else if (failure instanceof DataException) {
            return ExitCode.DATA;
        } else if (isMemory(failure)) {
            return ExitCode.MEMORY;
        } else if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return ExitCode.INTERRUPTED;
        }
        return ExitCode.FAILED;
    }

    private static String message(Throwable failure, int code) {
        if (failure instanceof ParameterException usage) {
            return usageMessage(usage);
        } else if (isNoBackend(failure)) {
            return NO_BACKEND;
        } else if (code == ExitCode.MEMORY) {
            return "out of memory (" + FailureLine.of(failure) + "): " + memoryHint(failure);
        } else if (code == ExitCode.INTERRUPTED && failure.getMessage() == null) {
            return "interrupted";
        }
        return causes(failure)
                .filter(cause -> cause instanceof UnsatisfiedLinkError)
                .reduce((outer, inner) -> inner)
                .map(inner -> "a native library cannot be loaded (" + FailureLine.of(inner)
                        + "): start by ./mdc, or see docs/troubleshooting.md")
                .orElseGet(() -> FailureLine.of(failure));
    }

    private static String usageMessage(ParameterException usage) {
        String message = FailureLine.of(usage);
        if (usage instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            message = switchBefore(word, usage.getCommandLine())
                    .map(option -> option + " " + word + ": must be true or false")
                    .orElseGet(() -> "unknown " + (word.startsWith("-") ? "option " : "argument ") + word
                            + unmatched.getSuggestions().stream()
                                    .findFirst()
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
        }
        String command = usage.getCommandLine().getCommandSpec().qualifiedName();
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1) + " (see " + command
                + " --help)";
    }

    /** The option that may be given without a value and after which a word stands that is none of its values. */
    private static Optional<String> switchBefore(String word, CommandLine command) {
        List<String> given = command.getParseResult().originalArgs();
        int at = given.indexOf(word) - 1;
        return Optional.ofNullable(
                        at < 0 || word.startsWith("-")
                                ? null
                                : command.getCommandSpec().findOption(given.get(at)))
                .filter(option -> option.type() == Boolean.class)
                .map(OptionSpec::longestName);
    }

    private static String memoryHint(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        boolean heap = JAVA_HEAP.stream().anyMatch(message::contains);
        return heap
                ? "give the Java heap more with the environment variable MDC_HEAP, such as "
                        + JavaHeap.setting(2 * JavaHeap.bytes())
                : "use fewer --threads, a smaller --chunk or a smaller --batch-syn-max, or free memory; a smaller"
                        + " MDC_HEAP leaves more to arrays outside the Java heap";
    }

    /** Native memory that runs out can come wrapped, or as the message of a C++ exception. */
    private static boolean isMemory(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof OutOfMemoryError
                        || String.valueOf(cause.getMessage()).contains("bad_alloc"));
    }

    /** ND4J fails in the initialiser of a class, and from the second time on the JVM gives only the text of that. */
    private static boolean isNoBackend(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause.toString().contains("NoAvailableBackendException"));
    }

    /** The failure and what led to it, outermost first. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static Throwable unwrap(Throwable thrown) {
        boolean wrapper = thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof ExceptionInInitializerError
                || thrown instanceof UncheckedIOException;
        return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
    }

    private static String savedTrace(Throwable failure) {
        try {
            Path file = Files.createTempFile("mdc-failure-", ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                failure.printStackTrace(writer);
            }
            return " (stack trace in " + file + ")";
        } catch (IOException e) {
            return " (--verbose shows the stack trace)";
        }
    }
}
