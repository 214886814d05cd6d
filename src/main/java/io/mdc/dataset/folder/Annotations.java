package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.base.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A split whose images lie in one folder, as Tiny ImageNet's test images do: {@code val_annotations.txt}, of which each
 * line names an image and its class, and {@code images/}.
 *
 * @param file the text file
 * @param classOf the class of each image
 */
record Annotations(Path file, SortedMap<Path, String> classOf) implements LabelledImages {
    private static final String NAME = "val_annotations.txt";
    private static final String IMAGES = "images";

    /** Keeps the classes from being changed. */
    Annotations {
        classOf = Collections.unmodifiableSortedMap(classOf);
    }

    /** Whether a split is of this kind. */
    static boolean areIn(Path split) {
        return Files.isRegularFile(split.resolve(NAME)) && Files.isDirectory(split.resolve(IMAGES));
    }

    /**
     * Reads them.
     *
     * @throws DataException if the file cannot be read, or it and the images do not fit together
     */
    static Annotations in(Path split, SortedMap<String, Integer> others) {
        Path file = split.resolve(NAME);
        Path folder = split.resolve(IMAGES);
        SortedMap<Path, String> classOf = new TreeMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\t", -1);
            if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
                throw new DataException(file + ": line " + (i + 1)
                        + " is not an image and its class with a tab between; unpack the data set again");
            }
            classOf.put(FileNames.resolve(folder, fields[0], file), fields[1].strip());
        }
        requireSame(file, classOf.keySet(), ImageFiles.below(folder, others));
        return new Annotations(file, classOf);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e + "); unpack the data set again", e);
        }
    }

    private static void requireSame(Path file, Set<Path> named, List<Path> images) {
        Set<Path> missing = new TreeSet<>(named);
        for (Path image : images) {
            if (!missing.remove(image)) {
                throw new DataException(image + ": no line of " + file + " names it; remove the image or add a line");
            }
        }
        if (!missing.isEmpty()) {
            throw new DataException(missing.iterator().next() + ": no such image, but " + file
                    + " names it; unpack the data set again");
        }
    }

    @Override
    public Set<String> classes() {
        return new TreeSet<>(classOf.values());
    }

    @Override
    public List<Path> of(String name) {
        List<Path> images = classOf.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
        if (images.isEmpty()) {
            throw new DataException(missing(name) + LabelledImages.EACH_NEEDS_SOME);
        }
        return images;
    }

    @Override
    public String place(String name) {
        return "class " + name + " of " + file;
    }

    @Override
    public String missing(String name) {
        return file + ": no image of class " + name;
    }
}
