package io.mdc.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What a lock asks of the system that its file is on. */
@FunctionalInterface
interface Locking {
    /** Asks for the lock of a file. */
    SystemLock lock(FileChannel file);

    /**
     * The time by the clock that files beside this one are stamped with, which may be a file server's; by that of this
     * machine where none can be made.
     */
    default Instant now(Path file) {
        Path stamped = AtomicFiles.part(file);
        try {
            Files.createFile(stamped);
            return Files.getLastModifiedTime(stamped).toInstant();
        } catch (IOException e) {
            return Instant.now();
        } finally {
            remove(stamped);
        }
    }

    private static void remove(Path stamped) {
        try {
            Files.deleteIfExists(stamped);
        } catch (IOException e) {
            // the next holder of the lock removes it
        }
    }
}
