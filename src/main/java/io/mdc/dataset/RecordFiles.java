package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.SourceFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Files of equally many fixed-size records, label bytes, of which the last counts, followed by an image, read into one
 * array each of pixels and labels. Files may be read concurrently, each once.
 */
final class RecordFiles {
    private static final int RECORDS_PER_READ = 128;

    private final List<Path> files;
    private final int recordsPerFile;
    private final int classes;
    private final int labelBytes;
    private final int imageBytes;
    private final byte[] pixels;
    private final int[] labels;

    /** Checks the sizes of all files, then makes room for them. */
    RecordFiles(List<Path> files, int recordsPerFile, int classes, int labelBytes, int imageBytes) {
        this.files = files;
        this.recordsPerFile = recordsPerFile;
        this.classes = classes;
        this.labelBytes = labelBytes;
        this.imageBytes = imageBytes;
        checkSizes();
        this.pixels = new byte[Math.multiplyExact(files.size() * recordsPerFile, imageBytes)];
        this.labels = new int[files.size() * recordsPerFile];
    }

    byte[] pixels() {
        return pixels;
    }

    int[] labels() {
        return labels;
    }

    String describe() {
        String first = files.get(0).getFileName().toString();
        String last = files.get(files.size() - 1).getFileName().toString();
        return first.equals(last) ? first : first + " .. " + last;
    }

    /** Fails for the first file that is missing, unreadable or of the wrong size. */
    private void checkSizes() {
        long expected = (long) recordsPerFile * (labelBytes + imageBytes);
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new DataException(file + ": no such file; unpack the data set again or name another directory");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new DataException(file + ": not a readable file; check its permissions or unpack it again");
            }
            long actual = sizeOf(file);
            if (actual != expected) {
                throw new DataException(file + ": " + actual + " bytes, expected " + expected + " (" + recordsPerFile
                        + " records of " + (labelBytes + imageBytes) + " bytes); the file is "
                        + (actual < expected ? "truncated" : "not the right one") + ": unpack or download it again");
            }
        }
    }

    /** Reads one file into its place and returns its checksum. */
    SourceFile read(int index) {
        Path file = files.get(index);
        int recordBytes = labelBytes + imageBytes;
        byte[] buffer = new byte[RECORDS_PER_READ * recordBytes];
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (InputStream in = Files.newInputStream(file)) {
            for (int done = 0; done < recordsPerFile; ) {
                int records = Math.min(RECORDS_PER_READ, recordsPerFile - done);
                if (in.readNBytes(buffer, 0, records * recordBytes) < records * recordBytes) {
                    throw new EOFException("it shrank while it was read");
                }
                digest.update(buffer, 0, records * recordBytes);
                for (int r = 0; r < records; r++, done++) {
                    store(file, done, index * recordsPerFile + done, buffer, r * recordBytes);
                }
            }
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + "); unpack or download it again", e);
        }
        return new SourceFile(
                file.toString(), (long) recordsPerFile * recordBytes, Hex.encodeHexString(digest.digest()));
    }

    private void store(Path file, int record, int image, byte[] buffer, int offset) {
        int label = buffer[offset + labelBytes - 1] & 255;
        if (label >= classes) {
            throw new DataException(file + ": record " + record + " (byte " + (long) record * (labelBytes + imageBytes)
                    + ") has label " + label + ", expected 0.." + (classes - 1)
                    + "; the file is corrupt: unpack or download it again");
        }
        labels[image] = label;
        System.arraycopy(buffer, offset + labelBytes, pixels, image * imageBytes, imageBytes);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }
}
