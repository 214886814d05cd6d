package io.mdc.dataset;

import io.mdc.base.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a tree {@code train/<class>/*} and {@code val/<class>/*} (or {@code test/}).
 *
 * @param root the directory
 * @param classes folder names in the order of the labels
 * @param train training images, class by class, sorted by name
 * @param test test images, likewise
 */
record ImageTree(Path root, List<String> classes, List<Entry> train, List<Entry> test) {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png");

    /** Copies the lists. */
    ImageTree {
        classes = List.copyOf(classes);
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /**
     * An image file.
     *
     * @param file where it is
     * @param label number of its class
     */
    record Entry(Path file, int label) {}

    /** The directory with the folder {@code train}: the given one, or the only one in it, as archives often have. */
    static Path root(Path directory) {
        if (Files.isDirectory(directory.resolve("train")) || !Files.isDirectory(directory)) {
            return directory;
        }
        Set<String> inner = folders(directory);
        return inner.size() == 1 ? directory.resolve(inner.iterator().next()) : directory;
    }

    /**
     * Lists the files.
     *
     * @param wanted class folders in order; none for all, sorted by name
     * @throws DataException if a folder is missing or empty, or the splits have different classes
     */
    static ImageTree of(Path root, List<String> wanted) {
        Path trainRoot = requireFolder(root.resolve("train"));
        Path val = root.resolve("val");
        Path testRoot = requireFolder(Files.isDirectory(val) ? val : root.resolve("test"));
        List<String> classes = wanted;
        if (wanted.isEmpty()) {
            classes = new ArrayList<>(folders(trainRoot));
            Set<String> others = folders(testRoot);
            for (String name : classes) {
                if (!others.contains(name)) {
                    throw new DataException(testRoot.resolve(name) + ": no such folder, but " + trainRoot.resolve(name)
                            + " is there; both splits need the same classes, or choose some with --classes");
                }
            }
            others.removeAll(classes);
            if (!others.isEmpty()) {
                String name = others.iterator().next();
                throw new DataException(trainRoot.resolve(name) + ": no such folder, but " + testRoot.resolve(name)
                        + " is there; both splits need the same classes, or choose some with --classes");
            }
            if (classes.isEmpty()) {
                throw new DataException(trainRoot + ": no class folders in it");
            }
        }
        return new ImageTree(root, classes, entries(trainRoot, classes), entries(testRoot, classes));
    }

    private static Path requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder
                    + ": no such folder; a tree of images needs train/<class>/ and val/<class>/ (or test/<class>/)");
        }
        return folder;
    }

    private static Set<String> folders(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            Set<String> names = new TreeSet<>();
            paths.filter(Files::isDirectory)
                    .forEach(path -> names.add(path.getFileName().toString()));
            names.removeIf(name -> name.startsWith("."));
            return names;
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be listed (" + e + "); check its permissions", e);
        }
    }

    private static List<Entry> entries(Path root, List<String> classes) {
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = requireFolder(root.resolve(classes.get(label)));
            int before = entries.size();
            try (Stream<Path> paths = Files.list(folder)) {
                for (Path file : paths.filter(ImageTree::isImage).sorted().toList()) {
                    entries.add(new Entry(file, label));
                }
            } catch (IOException e) {
                throw new DataException(folder + ": cannot be listed (" + e + "); check its permissions", e);
            }
            if (entries.size() == before) {
                throw new DataException(folder + ": no .jpg, .jpeg or .png images in it; each class needs some");
            }
        }
        return entries;
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
