package io.mdc.dataset.file;

import io.mdc.base.DataException;
import io.mdc.dataset.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lies directly in a folder, sorted, but for what file managers leave behind.
 *
 * @param folders its folders
 * @param archives files that {@link Archives} can unpack
 * @param images files named as images
 * @param others all other files
 */
public record Listing(List<Path> folders, List<Path> archives, List<Path> images, List<Path> others) {
    private static final Set<String> LITTER = Set.of("__macosx", "@eadir", "thumbs.db", "desktop.ini");
    private static final int NAMED = 5;

    /** Copies the lists. */
    public Listing {
        folders = List.copyOf(folders);
        archives = List.copyOf(archives);
        images = List.copyOf(images);
        others = List.copyOf(others);
    }

    /**
     * Lists a folder.
     *
     * @throws DataException if it is not there or cannot be listed
     */
    public static Listing of(Path folder) {
        List<Path> paths;
        try (Stream<Path> all = Files.list(folder)) {
            paths = all.filter(path -> !isLitter(path)).sorted().toList();
        } catch (IOException e) {
            throw unlisted(folder, e);
        }
        List<Path> folders = new ArrayList<>();
        List<Path> archives = new ArrayList<>();
        List<Path> images = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        for (Path path : paths) {
            List<Path> kind = others;
            if (Files.isDirectory(path)) {
                kind = folders;
            } else if (!isPipeOrDevice(path)) {
                kind = Archives.isArchive(path) ? archives : isImage(path) ? images : others;
            }
            kind.add(path);
        }
        return new Listing(folders, archives, images, others);
    }

    /** What has no end, or none that is known; a link that leads nowhere is none. */
    private static boolean isPipeOrDevice(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether a name begins with a dot, as hidden files do, or is one that a file manager gives to files of its own.
     */
    public static boolean isLitter(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || LITTER.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a file is named as an image. */
    public static boolean isImage(Path file) {
        return Picture.isNamed(file.getFileName().toString());
    }

    /** What to say of a folder that cannot be listed. */
    public static DataException unlisted(Path folder, IOException e) {
        return new DataException(
                folder + ": cannot be listed (" + e + "); check that it is there and its permissions", e);
    }

    /** Such as "folders cat, dog, 3 images"; "nothing" for an empty folder. */
    public String text() {
        String text = Stream.of(
                        names("folder", folders),
                        names("archive", archives),
                        images.isEmpty() ? "" : images.size() + (images.size() == 1 ? " image" : " images"),
                        names("file", others))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "nothing" : text;
    }

    /** Such as "folders cat, dog"; of many, the first; nothing of none. */
    public static String names(String kind, List<Path> paths) {
        if (paths.isEmpty()) {
            return "";
        }
        String names = paths.stream()
                .limit(NAMED)
                .map(path -> path.getFileName().toString())
                .collect(Collectors.joining(", ", paths.size() == 1 ? kind + " " : kind + "s ", ""));
        return paths.size() > NAMED ? names + " and " + (paths.size() - NAMED) + " more" : names;
    }
}
