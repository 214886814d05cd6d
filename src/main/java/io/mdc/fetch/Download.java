package io.mdc.fetch;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mdc.base.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/**
 * A file that a data set's authors publish.
 *
 * @param file name under which it is kept
 * @param addresses where it can be had, tried in order; copied
 * @param bytes its size
 * @param algorithm of the checksum
 * @param checksum in lower-case hexadecimal digits
 */
public record Download(String file, List<URI> addresses, long bytes, Algorithm algorithm, String checksum) {
    /** How checksums are computed. */
    public enum Algorithm {
        /** The one most authors publish. */
        MD5(MessageDigestAlgorithms.MD5, 32),
        /** SHA-2 of 256 bits. */
        SHA_256(MessageDigestAlgorithms.SHA_256, 64);

        private final String name;
        private final int digits;

        Algorithm(String name, int digits) {
            this.name = name;
            this.digits = digits;
        }

        /** Returns the usual name, such as {@code SHA-256}. */
        @Override
        @JsonValue
        public String toString() {
            return name;
        }
    }

    /**
     * Copies the addresses and checks the rest.
     *
     * @throws IllegalArgumentException if the size is negative or the checksum is not one of that algorithm
     */
    public Download {
        addresses = List.copyOf(addresses);
        if (bytes < 0 || !checksum.matches("[0-9a-f]{" + algorithm.digits + "}")) {
            throw new IllegalArgumentException(file + ": expected a size of at least 0 and " + algorithm.digits
                    + " hexadecimal digits, got " + bytes + " and " + checksum);
        }
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
            String actual = new DigestUtils(algorithm.name).digestAsHex(copy);
            return actual.equals(checksum)
                    ? Optional.empty()
                    : Optional.of(algorithm + " " + actual + ", expected " + checksum);
        } catch (IOException e) {
            throw new DataException(copy + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }
}
