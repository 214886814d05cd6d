package io.mdc.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells machines apart whose names are equal or not known: no two of them, and none twice, are started with one number.
 */
final class Boot {
    /** That of this machine; empty where the system, which is not Linux then, does not tell. */
    static final String ID = read(Path.of("/proc/sys/kernel/random/boot_id"));

    private Boot() {}

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
