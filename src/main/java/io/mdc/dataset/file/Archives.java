package io.mdc.dataset.file;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.FileNames;
import io.mdc.data.Cache;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Unpacks archives of data sets, once, into the cache. */
public final class Archives {
    /** More than any archive of images holds for its size; whoever unpacks to more is not one. */
    private static final long MOST_GROWTH = 500;

    private static final long SLACK = 1 << 24;
    /** To be raised when what was unpacked before may not be kept. */
    private static final String VERSION = "3";

    private static final int BUFFER = 1 << 16;

    /** What messages say of archives whose end is missing. */
    static final String CUT_OFF = "it is cut off";

    /** The endings of archives, for messages. */
    public static final String KINDS = ".zip, .tar, .tar.gz, .tgz";

    private Archives() {}

    /** Whether the name is that of an archive this class unpacks. */
    public static boolean isArchive(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar") || name.endsWith(".zip");
    }

    /**
     * The folder with a data set's files: the directory itself, or what an archive unpacks to.
     *
     * @param directory a folder, which may hold one of the archives instead of its files, or an archive
     * @param names archives to look for in the folder
     * @throws DataException if an archive cannot be unpacked
     */
    public static Path folder(Path directory, List<String> names, Cache.Space cache) {
        if (Files.isRegularFile(directory) && isArchive(directory)) {
            return unpack(directory, cache);
        }
        return names.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(archive -> unpack(archive, cache))
                .orElse(directory);
    }

    /**
     * The folder with a data set's files: the directory itself, or what an archive unpacks to, or the only folder that
     * it holds.
     *
     * @param directory a folder or an archive
     * @throws DataException if an archive cannot be unpacked
     */
    public static Path folder(Path directory, Cache.Space cache) {
        Path folder = folder(directory, List.of(), cache);
        if (folder.equals(directory)) {
            return directory;
        }
        Listing inside = Listing.of(folder);
        boolean packed = inside.folders().size() == 1
                && inside.archives().isEmpty()
                && inside.images().isEmpty()
                && inside.others().isEmpty();
        return packed ? inside.folders().get(0) : folder;
    }

    /**
     * The folder that an archive unpacks to, done before or now.
     *
     * @throws DataException if it cannot be unpacked
     */
    public static Path unpack(Path archive, Cache.Space cache) {
        return cache.folder(
                "unpacked",
                Cache.key(List.of(archive), VERSION),
                target -> {
                    unpack(archive, target);
                    Contents.write(target);
                },
                Contents::damage);
    }

    private static void unpack(Path archive, Path target) throws IOException {
        long limit = MOST_GROWTH * Files.size(archive) + SLACK;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                ArchiveInputStream<?> entries = open(archive, file)) {
            Map<Path, Path> links = new LinkedHashMap<>();
            int files = 0;
            for (ArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = FileNames.resolve(target, entry.getName(), archive).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry '" + entry.getName() + "' points out of the archive");
                }
                if (entry.getName().contains(FileNames.UNKNOWN) && Files.isRegularFile(path)) {
                    throw new IOException("two files become '" + entry.getName() + "', not being named in UTF-8");
                }
                Optional<String> linked = linkOf(entry);
                if (linked.isPresent()) {
                    Path from = linkedFrom(entry, path, target);
                    links.put(
                            path, FileNames.resolve(from, linked.get(), archive).normalize());
                } else if (!entry.isDirectory()) {
                    Files.createDirectories(path.getParent());
                    limit -= copy(entries, path, limit);
                    files++;
                }
            }
            if (files == 0) {
                throw new IOException("it holds no files");
            }
            follow(links, target, limit);
        } catch (IOException | IllegalArgumentException e) {
            throw damage(archive, target, e);
        }
    }

    /**
     * What a failure to unpack says of the archive.
     *
     * @throws DiskFull if it says nothing of it, as there is no room for what it holds
     */
    static DataException damage(Path archive, Path target, Exception e) throws DiskFull {
        if (e instanceof IOException io && DiskFull.explain(target, OptionalLong::empty, io) instanceof DiskFull full) {
            throw full;
        }
        return new DataException(
                archive + ": cannot be unpacked (" + (e instanceof EOFException ? CUT_OFF + ": " : "") + e.getMessage()
                        + "); download it again, or unpack it elsewhere and name that folder",
                e);
    }

    /** What a link in a {@code .tar} names; empty for all else. */
    private static Optional<String> linkOf(ArchiveEntry entry) {
        return entry instanceof TarArchiveEntry tar && (tar.isSymbolicLink() || tar.isLink())
                ? Optional.of(tar.getLinkName())
                : Optional.empty();
    }

    /** Symbolic links are named from where they are, others from the top of the archive. */
    private static Path linkedFrom(ArchiveEntry entry, Path path, Path target) {
        return entry instanceof TarArchiveEntry tar && tar.isSymbolicLink() ? path.getParent() : target;
    }

    /**
     * Puts files in the place of links to them, and of links to those.
     *
     * @throws IOException if an image is a link to what is not in the archive, or a folder of it is linked to
     */
    private static void follow(Map<Path, Path> links, Path target, long limit) throws IOException {
        long left = limit;
        Map<Path, Path> rest = new LinkedHashMap<>(links);
        boolean found = true;
        while (found) {
            found = false;
            for (Map.Entry<Path, Path> link : List.copyOf(rest.entrySet())) {
                Path named = link.getValue();
                boolean within = named.startsWith(target);
                if (within && Files.isDirectory(named)) {
                    throw new IOException("it holds a link to a folder, '" + target.relativize(link.getKey()) + "'");
                } else if (within && Files.isRegularFile(named)) {
                    Files.createDirectories(link.getKey().getParent());
                    try (InputStream in = Files.newInputStream(named)) {
                        left -= copy(in, link.getKey(), left);
                    }
                    rest.remove(link.getKey());
                    found = true;
                }
            }
        }
        for (Path link : rest.keySet()) {
            if (Listing.isImage(link)) {
                throw new IOException("it holds a link to what is not in it, '" + target.relativize(link) + "'");
            }
        }
    }

    private static ArchiveInputStream<?> open(Path archive, InputStream in) throws IOException {
        String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            return new WholeZip(archive, in);
        }
        InputStream tar = name.endsWith(".tar") ? in : new GZIPInputStream(in, BUFFER);
        return new WholeTar(tar);
    }

    private static long copy(InputStream in, Path file, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                copied += n;
                if (copied > limit) {
                    throw new IOException("it unpacks to more than " + MOST_GROWTH + " times its size");
                }
                out.write(buffer, 0, n);
            }
        }
        return copied;
    }

    /** All files below a folder, sorted by name. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
