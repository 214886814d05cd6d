package io.mdc.dataset.file;

import io.mdc.base.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** A {@code .zip} that must have the list of its entries, which is at its end, and as many as that says. */
final class WholeZip extends ZipArchiveInputStream {
    private int missing;

    /**
     * Reads the list.
     *
     * @throws DataException if it says that its entries are packed in a way that is not known
     * @throws IOException if there is none
     */
    WholeZip(Path file, InputStream in) throws IOException {
        super(in);
        // Any bytes are names in this character set, which does not matter where entries are only counted.
        try (ZipFile list = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1)) {
            missing = list.size();
        } catch (ZipException e) {
            if (String.valueOf(e.getMessage()).matches(".*(compression method|encrypted).*")) {
                throw new DataException(
                        file + ": is encrypted, or packed by a method that cannot be read here (" + e.getMessage()
                                + "); unpack it yourself and name that folder",
                        e);
            }
            throw new IOException(
                    Archives.CUT_OFF + " or damaged at its end, where its files are listed, or no .zip: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public ZipArchiveEntry getNextEntry() throws IOException {
        ZipArchiveEntry entry = super.getNextEntry();
        if (entry != null) {
            missing--;
        } else if (missing > 0) {
            throw new EOFException("it lists " + missing + " files more than are in it");
        }
        return entry;
    }
}
