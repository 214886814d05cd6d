package io.mdc.data;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        StringBuilder text = new StringBuilder(rest);
        for (Path file : files) {
            try {
                text.append('\n').append(file.toAbsolutePath().normalize());
                text.append('\n').append(Files.size(file));
                text.append('\n').append(Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new DataException(file + ": cannot be read (" + e + "); check its permissions", e);
            }
        }
        return DigestUtils.sha256Hex(text.toString()).substring(0, KEY_DIGITS);
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
        public Path folder(String kind, String key, AtomicFiles.Filling filling) {
            Path folder = root.resolve(kind).resolve(key);
            if (Files.isDirectory(folder)) {
                return folder;
            }
            try {
                AtomicFiles.folder(folder, filling);
                return folder;
            } catch (IOException | UncheckedIOException e) {
                throw new DataException(
                        root + ": the cache cannot be written (" + (e instanceof DiskFull ? e.getMessage() : e)
                                + "); free space there, or set MDC_DATA_DIR to" + " another directory",
                        e);
            }
        }
    }
}
