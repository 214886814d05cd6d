package io.mdc.data;

import java.net.URI;
import java.util.List;

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
    /** Copies the addresses. */
    public Download {
        addresses = List.copyOf(addresses);
    }
}
