package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** The images of one split by their classes. */
interface LabelledImages {
    /** What to do about a class without images, for messages. */
    String EACH_NEEDS_SOME = "; each class needs some: add them, or name the other classes with --classes";

    /** Names of the classes, sorted. */
    Set<String> classes();

    /**
     * The images of a class, sorted.
     *
     * @throws DataException if there are none
     */
    List<Path> of(String name);

    /** Where the images of a class are, for messages. */
    String place(String name);

    /** Says that a class has no images. */
    String missing(String name);

    /**
     * Finds those of a split.
     *
     * @param others where files that are not images of a class are counted, by kind
     * @throws DataException if they cannot be listed, or are not laid out as they need to be
     */
    static LabelledImages in(Path split, SortedMap<String, Integer> others) {
        return Annotations.areIn(split) ? Annotations.in(split, others) : ClassFolders.in(split, others);
    }
}
