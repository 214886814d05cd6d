package io.mdc.base;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/** What a failure says, in one line. */
public final class FailureLine {
    /** What is wrong with a file, of the JDK's exceptions that say only with which. */
    private static final Map<Class<?>, String> REASONS = Map.of(
            NoSuchFileException.class, "no such file or directory",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "exists already",
            NotDirectoryException.class, "not a directory",
            DirectoryNotEmptyException.class, "the directory is not empty");

    private FailureLine() {}

    /** The first line of its message, after the name of a file with what is wrong with it. */
    public static String of(Throwable failure) {
        String message = Optional.ofNullable(failure.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse(failure.getClass().getSimpleName());
        String reason = REASONS.get(failure.getClass());
        return reason == null ? message : message + ": " + reason;
    }
}
