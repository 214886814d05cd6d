package io.mdc.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.output.CountingOutputStream;

/** A zip archive of uncompressed entries, each beginning at a multiple of 64 bytes, as PyTorch's readers map them. */
final class StoredZip implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;

    /** Not the first time a zip can tell, which Java takes for an earlier one and writes a second extra field for. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final CountingOutputStream counter;
    private final ZipOutputStream zip;
    private final String folder;

    /** An archive whose entries are all in {@code folder}, which ends with a slash; closing it closes {@code out}. */
    StoredZip(OutputStream out, String folder) {
        this.counter = new CountingOutputStream(out);
        this.zip = new ZipOutputStream(counter, StandardCharsets.US_ASCII);
        this.folder = folder;
    }

    /** Adds an entry. */
    void add(String name, ByteBuffer content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        ZipEntry entry = new ZipEntry(folder + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.remaining());
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(padding(entry.getName().length()));
        zip.putNextEntry(entry);
        WritableByteChannel channel = Channels.newChannel(zip);
        ByteBuffer rest = content.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        zip.closeEntry();
    }

    /** An extra field named FB, as PyTorch's, with which the content begins where it should. */
    private byte[] padding(int nameLength) {
        long start = counter.getByteCount() + LOCAL_HEADER + nameLength + EXTRA_HEADER;
        int length = (int) ((ALIGNMENT - start % ALIGNMENT) % ALIGNMENT);
        byte[] extra = new byte[EXTRA_HEADER + length];
        extra[0] = 'F';
        extra[1] = 'B';
        extra[2] = (byte) length;
        for (int i = EXTRA_HEADER; i < extra.length; i++) {
            extra[i] = 'Z';
        }
        return extra;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
