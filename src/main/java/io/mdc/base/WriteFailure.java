package io.mdc.base;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Names the files of failures: of an open file, the system says only why it cannot be written. */
public final class WriteFailure {
    private WriteFailure() {}

    /**
     * The failure of a write with the name of the file: a {@link DiskFull} if there was no room, else a
     * {@link FileSystemException}; one that is of a kind of its own says what it has to, and stays.
     *
     * @param file what was to be written
     * @param bytes its size, if that is known; asked for if the disk is full
     */
    public static IOException of(Path file, Supplier<OptionalLong> bytes, IOException failure) {
        IOException explained = DiskFull.explain(file, bytes, failure);
        if (!explained.getClass().equals(IOException.class)) {
            return explained;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }
}
