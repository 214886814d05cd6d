package io.mdc.dataset.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A {@code .tar} that must have its end, a block of zeros. Without one it may have been cut off between two entries or
 * within what is said of one; that some programs write none cannot be told from that.
 */
final class WholeTar extends TarArchiveInputStream {
    private boolean ended;

    WholeTar(InputStream in) {
        super(in, StandardCharsets.UTF_8.name());
    }

    /**
     * The next block in which something is said of an entry, or the end.
     *
     * @throws EOFException if there is no whole one before the end
     */
    @Override
    protected byte[] readRecord() throws IOException {
        byte[] block = super.readRecord();
        if (block == null && !ended) {
            throw new EOFException("the block of zeros at its end is missing");
        }
        ended |= isEOFRecord(block);
        return block;
    }
}
