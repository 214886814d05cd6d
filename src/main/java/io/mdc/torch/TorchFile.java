package io.mdc.torch;

import io.mdc.numpy.NumpyArray;
import io.mdc.numpy.NumpyUnpickler;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import net.razorvine.pickle.PickleException;

/**
 * What {@code torch.save} wrote: plain values with {@link NumpyArray}s in place of tensors and of NumPy's arrays.
 *
 * <p>Source of the formats: PyTorch's notes on serialization, and what its versions 1.13 write.
 */
public final class TorchFile {
    private static final String PICKLE = "data.pkl";
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int PROTOCOL = 1001;
    private static final int PICKLE_OPCODE = 0x80;
    private static final int SIZES = 1 << 20;

    private TorchFile() {}

    /** Whether a zip archive is one of PyTorch's. */
    public static boolean isArchive(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().anyMatch(entry -> isPickle(entry.getName()));
        } catch (ZipException e) {
            return false;
        }
    }

    private static boolean isPickle(String entry) {
        return entry.endsWith("/" + PICKLE) || entry.equals(PICKLE);
    }

    /**
     * Reads a file of either kind.
     *
     * @throws IOException if it is damaged, or made of more than tensors, arrays and plain values
     */
    public static Object read(Path file) throws IOException {
        try {
            return isArchive(file) ? archive(file) : legacy(file);
        } catch (PickleException e) {
            throw new IOException(e.getMessage(), e);
        } catch (EOFException e) {
            throw new IOException("damaged: cut short", e);
        } catch (ArithmeticException | ClassCastException e) {
            throw new IOException("damaged: " + e.getMessage(), e);
        }
    }

    private static Object archive(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String pickle = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(TorchFile::isPickle)
                    .findFirst()
                    .orElseThrow();
            String folder = pickle.substring(0, pickle.length() - PICKLE.length());
            ZipEntry order = zip.getEntry(folder + "byteorder");
            if (order != null && !new String(content(zip, order), StandardCharsets.ISO_8859_1).equals("little")) {
                throw new IOException("written on a machine of another byte order");
            }
            byte[] bytes = content(zip, zip.getEntry(pickle));
            TorchObjects objects = new TorchObjects(bytes.length);
            Object content = new NumpyUnpickler(bytes.length, objects).loads(bytes);
            Map<String, NumpyArray> elements = new HashMap<>();
            for (StorageKey storage : objects.storages().values()) {
                ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
                if (entry == null) {
                    throw new IOException("no entry data/" + storage.key());
                }
                elements.put(storage.key(), elements(storage, content(zip, entry)));
            }
            return new Resolution(elements).of(content);
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getSize() < 0 || entry.getSize() > Integer.MAX_VALUE - 8) {
            throw new IOException("entry '" + entry.getName() + "' of " + entry.getSize() + " bytes");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                throw new IOException("entry '" + entry.getName() + "' is damaged");
            }
            return bytes;
        }
    }

    private static NumpyArray elements(StorageKey storage, byte[] bytes) throws IOException {
        try {
            return new NumpyArray(
                    storage.type(), new int[] {Math.toIntExact(storage.length())}, ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException e) {
            throw new IOException("storage " + storage.key() + ": " + e.getMessage(), e);
        }
    }

    /** A pickle each of magic number, version, machine and content, then of the storages' keys; then the storages. */
    private static Object legacy(Path file) throws IOException {
        long length = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), SIZES)) {
            requireMagic(in, length);
            TorchObjects objects = new TorchObjects(length);
            Object content = new NumpyUnpickler(length, objects).load(in);
            Map<String, NumpyArray> elements = new HashMap<>();
            for (Object key : (List<?>) new NumpyUnpickler(length).load(in)) {
                StorageKey storage = objects.storages().get(key);
                long count = littleLong(in);
                if (storage == null || count != storage.length() || count > length) {
                    throw new IOException("damaged: storage " + key + " of " + count + " elements");
                }
                int bytes = Math.toIntExact(Math.min(count * storage.type().size(), length));
                elements.put(storage.key(), elements(storage, in.readNBytes(bytes)));
            }
            return new Resolution(elements).of(content);
        }
    }

    private static void requireMagic(InputStream in, long length) throws IOException {
        in.mark(1);
        boolean pickle = in.read() == PICKLE_OPCODE;
        in.reset();
        if (!pickle || !MAGIC.equals(new NumpyUnpickler(length).load(in))) {
            throw new IOException("not a file of torch.save");
        }
        Object version = new NumpyUnpickler(length).load(in);
        Object machine = new NumpyUnpickler(length).load(in);
        boolean little = machine instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("little_endian"));
        if (!version.equals(PROTOCOL) || !little) {
            throw new IOException("of another version or byte order");
        }
    }

    private static long littleLong(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Long.BYTES);
        if (bytes.length < Long.BYTES) {
            throw new EOFException("cut short");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
