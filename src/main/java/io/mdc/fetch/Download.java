package io.mdc.fetch;

import io.mdc.base.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A file that a data set's authors publish.
 *
 * @param file name under which it is kept
 * @param addresses where it can be had, tried in order; copied
 * @param bytes its size
 * @param algorithm of the checksum, as Java names it: {@code MD5} or {@code SHA-256}
 * @param checksum in lower-case hexadecimal digits
 */
public record Download(String file, List<URI> addresses, long bytes, String algorithm, String checksum) {
    private static final int BUFFER = 1 << 16;

    /** Copies the addresses. */
    public Download {
        addresses = List.copyOf(addresses);
    }

    /**
     * Compares a copy with what is published, its size first.
     *
     * @param copy a file
     * @return what is wrong with it, such as {@code 1000 bytes, expected 170052171}; nothing if it is right
     * @throws DataException if it cannot be read
     */
    public Optional<String> mismatch(Path copy) {
        try {
            long actualBytes = Files.size(copy);
            if (actualBytes != bytes) {
                return Optional.of(actualBytes + " bytes, expected " + bytes);
            }
            String actual = checksumOf(copy);
            return actual.equals(checksum)
                    ? Optional.empty()
                    : Optional.of(algorithm + " " + actual + ", expected " + checksum);
        } catch (IOException e) {
            throw new DataException(copy + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    private String checksumOf(Path copy) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(copy)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
