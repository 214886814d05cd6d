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
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.LoggerFactory;

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

    /** Tells whether a folder is as it was filled. */
    @FunctionalInterface
    public interface Check {
        /** What is wrong with the folder; empty if nothing is. */
        Optional<String> damage(Path folder) throws IOException;
    }

    /**
     * A cache directory.
     *
     * @param root the directory, which may not exist yet
     */
    public record Space(Path root) {

        /**
         * The folder {@code kind/key}, filled if it is not there yet, and anew, which is told, if it is damaged; it
         * appears complete or not at all.
         *
         * @throws DataException if the cache cannot be written
         */
        public Path folder(String kind, String key, AtomicFiles.Filling filling, Check check) {
            Path folder = root.resolve(kind).resolve(key);
            try {
                if (Files.isDirectory(folder)) {
                    Optional<String> damage = check.damage(folder);
                    if (damage.isEmpty()) {
                        return folder;
                    }
                    // Got only now: starting the logging takes 0.15 s.
                    LoggerFactory.getLogger(Cache.class).warn("{}: {}; it is made anew", folder, damage.get());
                    AtomicFiles.remove(folder);
                }
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
