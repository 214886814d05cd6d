package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.base.FileNames;
import io.mdc.dataset.file.Listing;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A split with a folder of images for each class.
 *
 * @param split the folder they are in
 * @param folders by name
 * @param others where files that are not images are counted, by kind, as classes are asked for
 */
record ClassFolders(Path split, SortedMap<String, Path> folders, SortedMap<String, Integer> others)
        implements LabelledImages {
    /** Keeps the folders from being changed. */
    ClassFolders {
        folders = Collections.unmodifiableSortedMap(folders);
    }

    /**
     * Finds the folders; files beside them belong to no class.
     *
     * @throws DataException if there are none
     */
    static ClassFolders in(Path split, SortedMap<String, Integer> others) {
        Listing listing = Listing.of(split);
        if (listing.folders().isEmpty()) {
            throw new DataException(split + ": no class folders in it, but " + listing.text() + "; " + Splits.LAYOUT);
        }
        SortedMap<String, Path> folders = new TreeMap<>();
        listing.folders().forEach(folder -> folders.put(folder.getFileName().toString(), folder));
        listing.images().forEach(file -> count(file, " outside class folders", others));
        Stream.of(listing.archives(), listing.others())
                .flatMap(Collection::stream)
                .forEach(file -> count(file, "", others));
        return new ClassFolders(split, folders, others);
    }

    private static void count(Path file, String where, SortedMap<String, Integer> others) {
        ImageFiles.requireTarget(file);
        others.merge(ImageFiles.kind(file) + where, 1, Integer::sum);
    }

    /**
     * Names of the classes.
     *
     * @throws DataException if the locale cannot express one
     */
    @Override
    public Set<String> classes() {
        folders.values().forEach(FileNames::of);
        return folders.keySet();
    }

    @Override
    public List<Path> of(String name) {
        if (!folders.containsKey(name)) {
            throw new DataException(missing(name) + ", but " + Listing.of(split).text() + "; " + Splits.LAYOUT);
        }
        Path folder = folders.get(name);
        List<Path> images = ImageFiles.below(folder, others);
        if (images.isEmpty()) {
            throw new DataException(
                    folder + ": no images in it, but " + Listing.of(folder).text() + LabelledImages.EACH_NEEDS_SOME);
        }
        return images;
    }

    @Override
    public String place(String name) {
        return folders.get(name).toString();
    }

    @Override
    public String missing(String name) {
        return split + "/" + name + ": no such folder";
    }
}
