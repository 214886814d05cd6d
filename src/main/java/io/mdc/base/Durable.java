package io.mdc.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Has the disk keep what was written, which a power cut else takes away: systems write it when they find the time. */
public final class Durable {
    private Durable() {}

    /**
     * Returns once the disk has all that was written to a file.
     *
     * @throws IOException if it cannot be written
     */
    public static void file(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns once the disk has the names of the files in a folder, where the system has a way to ask for that. */
    static void folder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Systems without it give files their names in order, or cannot be helped.
        }
    }
}
