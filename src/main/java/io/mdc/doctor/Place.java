package io.mdc.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where a directory is, or would be made.
 *
 * @param writable whether it can be written to, or made
 * @param freeBytes room on its disk, if that is told
 */
public record Place(boolean writable, OptionalLong freeBytes) {
    /** That of a directory which need not exist. */
    static Place of(Path directory) {
        Path above = directory.toAbsolutePath();
        while (!Files.exists(above) && above.getParent() != null) {
            above = above.getParent();
        }
        boolean writable = Files.isDirectory(above) && Files.isWritable(above);
        try {
            return new Place(writable, OptionalLong.of(Files.getFileStore(above).getUsableSpace()));
        } catch (IOException e) {
            return new Place(writable, OptionalLong.empty());
        }
    }
}
