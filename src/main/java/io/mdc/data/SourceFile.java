package io.mdc.data;

import io.mdc.base.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Where some of a data set's bytes came from, for the manifest of a run.
 *
 * @param path the file as it was opened, or what generated the bytes
 * @param bytes how many bytes were read
 * @param sha256 their SHA-256, 64 lower-case hexadecimal digits
 */
public record SourceFile(String path, long bytes, String sha256) {
    /**
     * Describes a file by reading it.
     *
     * @throws DataException if it cannot be read
     */
    public static SourceFile of(Path file) {
        try {
            String sha256 = new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
            return new SourceFile(file.toString(), Files.size(file), sha256);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    /**
     * Checks the values.
     *
     * @param path the file or generator
     * @param bytes at least 0
     * @param sha256 64 digits
     * @throws IllegalArgumentException if the size is negative or the checksum malformed
     */
    public SourceFile {
        if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    path + ": expected a size >= 0 and 64 hexadecimal digits, got " + bytes + " and " + sha256);
        }
    }
}
