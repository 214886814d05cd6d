package io.mdc.data;

import io.mdc.base.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Where downloaded, unpacked and decoded data is kept between runs. */
public final class Cache {
    private static final int KEY_DIGITS = 24;

    private Cache() {}

    /** {@code $MDC_DATA_DIR}, else {@code $XDG_CACHE_HOME/mdc}, else {@code ~/.cache/mdc}; it may not exist yet. */
    public static Path directory() {
        return directory(System.getenv());
    }

    static Path directory(Map<String, String> environment) {
        String own = environment.getOrDefault("MDC_DATA_DIR", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        return shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "mdc") : Path.of(shared, "mdc");
    }

    /** A key that changes with the place, size or time of any of the files, or with what else matters. */
    public static String key(List<Path> files, String rest) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(rest.getBytes(StandardCharsets.UTF_8));
        for (Path file : files) {
            try {
                String line = "\n" + file.toAbsolutePath().normalize() + "\n" + Files.size(file) + "\n"
                        + Files.getLastModifiedTime(file).toMillis();
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new DataException(file + ": cannot be read (" + e + "); check its permissions", e);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
    }

    /** Fills a new folder. */
    public interface Filler {
        void fill(Path folder) throws IOException;
    }

    /**
     * A cache directory.
     *
     * @param root the directory, which may not exist yet
     */
    public record Space(Path root) {

        /**
         * The folder {@code kind/key}, filled if it is not there yet; it appears complete or not at all.
         *
         * @throws DataException if the cache cannot be written
         */
        public Path folder(String kind, String key, Filler filler) {
            Path folder = root.resolve(kind).resolve(key);
            if (Files.isDirectory(folder)) {
                return folder;
            }
            Path part = null;
            try {
                Files.createDirectories(folder.getParent());
                part = Files.createDirectory(folder.resolveSibling(key + ".part-" + UUID.randomUUID()));
                filler.fill(part);
                Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
                return folder;
            } catch (IOException | UncheckedIOException e) {
                if (Files.isDirectory(folder)) {
                    return folder; // another process was faster
                }
                throw new DataException(
                        root + ": the cache cannot be written (" + e + "); free space there, or set MDC_DATA_DIR to"
                                + " another directory",
                        e);
            } finally {
                if (part != null) {
                    delete(part);
                }
            }
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be removed (" + e + "); remove it by hand", e);
        }
    }
}
