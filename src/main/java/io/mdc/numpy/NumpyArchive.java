package io.mdc.numpy;

import io.mdc.base.AtomicFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private static final String ARRAY = ".npy";
    private static final long LONGEST_TEXT = 1L << 26;

    /** Extended timestamp of 1980-01-01T00:00Z: tag, length, which times, seconds since 1970. */
    private static final byte[] UTC = {0x55, 0x54, 5, 0, 1, 0, (byte) 0xA6, (byte) 0xCE, 0x12};

    private final Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, NumpyStrings> strings = new LinkedHashMap<>();

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

    /** Adds or replaces an array of texts, which is written and not read. Returns this. */
    public NumpyArchive put(String name, NumpyStrings array) {
        strings.put(name, array);
        return this;
    }

    /** Whether there is an array of that name. */
    public boolean has(String name) {
        return arrays.containsKey(name);
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
                    begin(zip, array.getKey() + ARRAY);
                    array.getValue().write(zip);
                }
                for (Map.Entry<String, NumpyStrings> array : strings.entrySet()) {
                    begin(zip, array.getKey() + ARRAY);
                    array.getValue().write(zip);
                }
            }
        });
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        // Without it Java adds the time that this is in the time zone of the process.
        entry.setExtra(UTC);
        zip.putNextEntry(entry);
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException naming the entry, if the file or one of its arrays is damaged
     */
    public static NumpyArchive read(Path file) throws IOException {
        return read(file, name -> true);
    }

    /**
     * Reads the arrays of the given names, as far as they are there; whatever else there is may be of any kind.
     *
     * @throws IOException naming the entry, if the file or one of these arrays is damaged
     */
    public static NumpyArchive read(Path file, Set<String> names) throws IOException {
        return read(file, entry -> entry.endsWith(ARRAY) && names.contains(arrayName(entry)));
    }

    /**
     * Reads one text entry and nothing else.
     *
     * @throws IOException if the file or this entry is damaged, or there is no such entry
     */
    public static String readText(Path file, String name) throws IOException {
        return read(file, entry -> entry.equals(name)).text(name);
    }

    /**
     * The names of the arrays in a file, none of which is read.
     *
     * @throws IOException if it is no archive
     */
    public static Set<String> names(Path file) throws IOException {
        try (ZipFile zip = open(file)) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.endsWith(ARRAY))
                    .map(NumpyArchive::arrayName)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private static String arrayName(String entry) {
        return entry.substring(0, entry.length() - ARRAY.length());
    }

    private static NumpyArchive read(Path file, Predicate<String> wanted) throws IOException {
        NumpyArchive archive = new NumpyArchive();
        try (ZipFile zip = open(file)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (wanted.test(entry.getName())) {
                    archive.add(zip, entry);
                }
            }
        }
        return archive;
    }

    private void add(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        boolean isArray = name.endsWith(ARRAY);
        if (!isArray && entry.getSize() > LONGEST_TEXT) {
            throw new IOException("entry '" + name + "' of " + entry.getSize() + " bytes is no array; at most "
                    + LONGEST_TEXT + " are read");
        }
        verify(zip, entry);
        try (InputStream in = zip.getInputStream(entry)) {
            if (isArray) {
                put(arrayName(name), NumpyArray.read(in, entry.getSize()));
            } else {
                putText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IOException("entry '" + name + "': " + e.getMessage(), e);
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new IOException("damaged, or not a zip archive", e);
        }
    }

    /**
     * Compares size and checksum, which {@link ZipFile} does not, before anything is made of the content; an entry that
     * unpacks to more than it says is not unpacked further.
     */
    private static void verify(ZipFile zip, ZipEntry entry) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
            for (int n = in.read(buffer); n >= 0 && size <= entry.getSize(); n = in.read(buffer)) {
                size += n;
            }
        } catch (ZipException | EOFException e) {
            throw new IOException("entry '" + entry.getName() + "' is damaged", e);
        }
        if (size != entry.getSize() || checksum.getValue() != entry.getCrc()) {
            throw new IOException("entry '" + entry.getName() + "' is damaged");
        }
    }
}
