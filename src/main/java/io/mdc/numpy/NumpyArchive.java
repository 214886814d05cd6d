package io.mdc.numpy;

import io.mdc.base.AtomicFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays, and texts, in one file: NumPy's {@code .npz}, a zip of {@code .npy} entries, whose checksums reveal
 * damage.
 *
 * <p>A file appears complete or not at all; the same content gives the same bytes.
 */
public final class NumpyArchive {
    private final Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Adds or replaces an array; returns this. */
    public NumpyArchive put(String name, NumpyArray array) {
        arrays.put(name, array);
        return this;
    }

    /** Adds or replaces a text entry, which NumPy ignores; {@code name} has its own extension. Returns this. */
    public NumpyArchive putText(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /**
     * The array of that name.
     *
     * @throws IOException if there is none
     */
    public NumpyArray get(String name) throws IOException {
        NumpyArray array = arrays.get(name);
        if (array == null) {
            throw new IOException("no array '" + name + "'");
        }
        return array;
    }

    /**
     * The text of that name.
     *
     * @throws IOException if there is none
     */
    public String text(String name) throws IOException {
        String text = texts.get(name);
        if (text == null) {
            throw new IOException("no entry '" + name + "'");
        }
        return text;
    }

    /** Writes the file, replacing it in one step. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, String> text : texts.entrySet()) {
                    begin(zip, text.getKey());
                    zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
                }
                for (Map.Entry<String, NumpyArray> array : arrays.entrySet()) {
                    begin(zip, array.getKey() + ".npy");
                    array.getValue().write(zip);
                }
            }
        });
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException naming the entry, if the file or one of its arrays is damaged
     */
    public static NumpyArchive read(Path file) throws IOException {
        NumpyArchive archive = new NumpyArchive();
        try (ZipFile zip = open(file)) {
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                verify(zip, entry);
                try (InputStream in = zip.getInputStream(entry)) {
                    if (name.endsWith(".npy")) {
                        archive.put(name.substring(0, name.length() - 4), NumpyArray.read(in));
                    } else {
                        archive.putText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    throw new IOException("entry '" + name + "': " + e.getMessage(), e);
                }
            }
        }
        return archive;
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw new IOException("damaged, or not a zip archive", e);
        }
    }

    /** Compares the checksum, which {@link ZipFile} does not, before anything is made of the content. */
    private static void verify(ZipFile zip, ZipEntry entry) throws IOException {
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException | EOFException e) {
            throw new IOException("entry '" + entry.getName() + "' is damaged", e);
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw new IOException("entry '" + entry.getName() + "' is damaged");
        }
    }
}
