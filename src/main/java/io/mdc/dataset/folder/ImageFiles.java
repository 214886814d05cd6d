package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.dataset.file.Listing;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;

/** The images of a class: all below its folder, links followed, each folder's before those of the folders in it. */
final class ImageFiles extends SimpleFileVisitor<Path> {
    private final List<Path> images = new ArrayList<>();
    private final SortedMap<String, Integer> others;

    private ImageFiles(SortedMap<String, Integer> others) {
        this.others = others;
    }

    /**
     * Finds them.
     *
     * @param others where other files are counted, by kind
     * @throws DataException if a folder cannot be listed, or a link leads nowhere or in a circle
     */
    static List<Path> below(Path folder, SortedMap<String, Integer> others) {
        ImageFiles files = new ImageFiles(others);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, files);
        } catch (IOException e) {
            throw Listing.unlisted(folder, e);
        }
        files.images.sort(Comparator.comparing(Path::getParent).thenComparing(Path::getFileName));
        return files.images;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return Listing.isLitter(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (Listing.isLitter(file)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isSymbolicLink()) {
            requireTarget(file);
        }
        if (attributes.isOther()) {
            others.merge(kind(file) + " that is a pipe or device", 1, Integer::sum);
        } else if (Listing.isImage(file)) {
            images.add(file);
        } else {
            others.merge(kind(file), 1, Integer::sum);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        if (e instanceof FileSystemLoopException) {
            throw new DataException(file + ": a link that leads in a circle; remove it", e);
        }
        throw Listing.unlisted(file, e);
    }

    /**
     * Makes sure that a path, if it is a link, leads somewhere.
     *
     * @throws DataException if it does not
     */
    static void requireTarget(Path path) {
        if (Files.isSymbolicLink(path) && Files.notExists(path)) {
            throw new DataException(path + ": a link to what is not there; bring that back or remove the link");
        }
    }

    /** The ending of a file's name, with the dot. */
    static String kind(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "without ending" : name.substring(dot);
    }
}
