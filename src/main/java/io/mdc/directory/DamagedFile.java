package io.mdc.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of a run directory as it was before what could not be read was left out of it, or written anew. */
public final class DamagedFile {
    private DamagedFile() {}

    /** Where it is kept. */
    static Path of(Path file) {
        return file.resolveSibling(file.getFileName() + ".damaged");
    }

    /**
     * Copies the file there, if it exists, and returns how a message that says what is wrong with it ends.
     *
     * @throws IOException if it cannot be copied
     */
    public static String keep(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        Files.copy(file, of(file), StandardCopyOption.REPLACE_EXISTING);
        return "; the file as it was is " + of(file);
    }
}
