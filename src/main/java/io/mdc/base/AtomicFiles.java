package io.mdc.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.output.CountingOutputStream;

/**
 * Files and folders that appear complete or not at all: they are made beside their place, under a name that no other
 * process uses, and then renamed. What fails leaves nothing behind and keeps what was there before.
 */
public final class AtomicFiles {
    private static final Pattern PART = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

    /** After so long without a change, a folder that is being filled is nobody's. */
    static final Duration ABANDONED = Duration.ofHours(24);

    /** So many characters of a name leave room for the rest of its part's, which file systems limit to 255 bytes. */
    private static final int MOST_OF_NAME = 50;

    private AtomicFiles() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream may be closed. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Fills a new folder. */
    @FunctionalInterface
    public interface Filling {
        /** Puts everything into the folder, which exists and is empty. */
        void fill(Path folder) throws IOException;
    }

    /**
     * Writes a file, replacing the one that is there; after a power cut there is one of the two, and after this
     * returned the new one.
     *
     * @param file its folder exists
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        Path part = part(file);
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            Durable.file(part);
            move(part, file);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw WriteFailure.of(file, () -> size(content), ofTheWhole(part, file, e));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** How many bytes a content has. */
    private static OptionalLong size(Content content) {
        try (CountingOutputStream counter = new CountingOutputStream(OutputStream.nullOutputStream())) {
            content.writeTo(counter);
            return OptionalLong.of(counter.getByteCount());
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty(); // of what the content is made is not there any more
        }
    }

    /**
     * Writes a file of UTF-8 text, replacing the one that is there.
     *
     * @param file its folder exists
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Makes a folder unless another process is faster. What processes that were killed {@link #ABANDONED} ago left of
     * folders beside it is removed.
     *
     * @param folder not there yet; the folders above it are made as needed
     * @throws DiskFull of the folder if there is no room for it
     * @throws IOException if it cannot be filled
     */
    @SuppressWarnings("try") // what removes it is kept, not used
    public static void folder(Path folder, Filling filling) throws IOException {
        Path part = part(folder);
        try (IfInterrupted removal = new IfInterrupted(() -> removeUnfinished(part))) {
            Files.createDirectories(part);
            removeAbandoned(part.toAbsolutePath().getParent());
            filling.fill(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw explained(folder, ofTheWhole(part, folder, e));
            }
        } catch (UncheckedIOException e) {
            if (!Files.isDirectory(folder)) {
                IOException named = explained(folder, e.getCause());
                if (named.equals(e.getCause())) {
                    throw e;
                }
                throw named;
            }
        } finally {
            delete(part);
        }
    }

    private static IOException explained(Path folder, IOException e) {
        return e instanceof DiskFull full ? full.of(folder) : WriteFailure.of(folder, OptionalLong::empty, e);
    }

    /**
     * Gives a complete file its own name, replacing the file that has it.
     *
     * @param part in the same file system
     * @throws IOException if it cannot be moved
     */
    public static void move(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Durable.folder(file.toAbsolutePath().getParent());
    }

    /**
     * Removes the files, not folders, that processes which were killed left half written.
     *
     * @param folder in which no other process writes; need not exist
     * @throws IOException if one cannot be removed
     */
    public static void removeParts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.filter(Files::isRegularFile)
                    .filter(AtomicFiles::isPart)
                    .toList();
        }
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isPart(Path file) {
        return PART.matcher(file.getFileName().toString()).matches();
    }

    /** Removes parts of folders if nobody has touched anything in them for long. */
    private static void removeAbandoned(Path parent) {
        try (Stream<Path> inside = Files.list(parent)) {
            for (Path part : inside.filter(AtomicFiles::isPart)
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                if (newest(part).isBefore(Instant.now().minus(ABANDONED))) {
                    delete(part);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // It takes up room, and keeps nobody from the work.
        }
    }

    /**
     * Removes a folder, of which nobody ever sees a part; one that another process is removing is as good as gone.
     *
     * @throws IOException if it cannot be taken away
     */
    public static void remove(Path folder) throws IOException {
        Path part = part(folder);
        try {
            Files.move(folder, part, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        removeUnfinished(part);
    }

    private static void removeUnfinished(Path part) {
        try {
            delete(part);
        } catch (IOException | UncheckedIOException e) {
            // What still fills or reads it has kept something there; that little is removed once it is abandoned.
        }
    }

    /** When something in a folder was last touched. */
    private static Instant newest(Path folder) throws IOException {
        Instant newest = Instant.MIN;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList()) {
                Instant touched = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                newest = touched.isAfter(newest) ? touched : newest;
            }
        }
        return newest;
    }

    /** A failure of a part as one of what it was to become, whose name users know. */
    private static IOException ofTheWhole(Path part, Path whole, IOException e) {
        if (!(e instanceof FileSystemException failed) || !part.toString().equals(failed.getFile())) {
            return e;
        }
        String name = whole.toString();
        FileSystemException own = new FileSystemException(name, null, failed.getReason());
        if (e instanceof AccessDeniedException) {
            own = new AccessDeniedException(name, null, failed.getReason());
        } else if (e instanceof NoSuchFileException) {
            own = new NoSuchFileException(name, null, failed.getReason());
        }
        own.initCause(e);
        return own;
    }

    /** A name beside a file that no other process uses, and that {@link #removeParts} knows. */
    static Path part(Path file) {
        String name = file.getFileName().toString();
        int length = name.offsetByCodePoints(0, Math.min(MOST_OF_NAME, name.codePointCount(0, name.length())));
        return file.resolveSibling("." + name.substring(0, length) + "." + UUID.randomUUID() + ".part");
    }

    /**
     * Deletes what can be deleted of a folder.
     *
     * @throws IOException if that is not all
     */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        IOException failure = null;
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
