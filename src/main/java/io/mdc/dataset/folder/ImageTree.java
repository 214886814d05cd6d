package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.dataset.file.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The images of both splits.
 *
 * @param splits where they are
 * @param classes names of class folders in the order of the labels
 * @param train training images, class by class, sorted by name
 * @param test test images, likewise
 * @param others numbers of files that are not images of a class, by kind
 */
record ImageTree(
        Splits splits, List<String> classes, List<Entry> train, List<Entry> test, SortedMap<String, Integer> others) {
    /** Copies the collections. */
    ImageTree {
        classes = List.copyOf(classes);
        train = List.copyOf(train);
        test = List.copyOf(test);
        others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    }

    /**
     * An image file.
     *
     * @param file where it is
     * @param label number of its class
     */
    record Entry(Path file, int label) {}

    /**
     * Lists the files.
     *
     * @param wanted class folders in order; none for all, sorted by name
     * @throws DataException if a folder is missing or empty, or the splits have different classes
     */
    static ImageTree of(Splits splits, List<String> wanted) {
        SortedMap<String, Integer> others = new TreeMap<>();
        LabelledImages train = LabelledImages.in(splits.train(), others);
        LabelledImages test = LabelledImages.in(splits.test(), others);
        if (wanted.isEmpty()) {
            requireSomeInCommon(splits, train, test);
            requireAll(train, test);
            requireAll(test, train);
        }
        List<String> classes = wanted.isEmpty() ? List.copyOf(train.classes()) : wanted;
        List<Entry> trainEntries = entries(train, classes);
        return new ImageTree(splits, classes, trainEntries, entries(test, classes), others);
    }

    /**
     * Splits class folders that have no test images: the every-th image of each class by name, the one after so many
     * more, and so on are for testing.
     *
     * @param splits of which both are the same folder
     * @param every at least 2
     * @param wanted class folders in order; none for all, sorted by name
     * @throws DataException if a folder is missing or has too few images
     */
    static ImageTree heldOut(Splits splits, int every, List<String> wanted) {
        SortedMap<String, Integer> others = new TreeMap<>();
        LabelledImages all = LabelledImages.in(splits.train(), others);
        List<String> classes = wanted.isEmpty() ? List.copyOf(all.classes()) : wanted;
        List<Entry> train = new ArrayList<>();
        List<Entry> test = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Path> files = all.of(classes.get(label));
            if (files.size() < every) {
                throw new DataException(all.place(classes.get(label)) + ": " + files.size()
                        + " images, of which --hold-out " + every + " leaves none for testing; add some, or take a "
                        + "smaller number");
            }
            for (int i = 0; i < files.size(); i++) {
                (i % every == every - 1 ? test : train).add(new Entry(files.get(i), label));
            }
        }
        return new ImageTree(splits, classes, train, test, others);
    }

    private static void requireSomeInCommon(Splits splits, LabelledImages train, LabelledImages test) {
        if (Collections.disjoint(train.classes(), test.classes())) {
            throw new DataException(splits.test() + ": none of the classes of " + splits.train() + " in it, but "
                    + Listing.of(splits.test()).text() + "; " + Splits.LAYOUT);
        }
    }

    private static void requireAll(LabelledImages of, LabelledImages in) {
        for (String name : of.classes()) {
            if (!in.classes().contains(name)) {
                throw new DataException(in.missing(name) + ", but " + of.place(name)
                        + " is there; both splits need the same classes, or choose some with --classes");
            }
        }
    }

    private static List<Entry> entries(LabelledImages images, List<String> classes) {
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : images.of(classes.get(label))) {
                entries.add(new Entry(file, label));
            }
        }
        return entries;
    }
}
