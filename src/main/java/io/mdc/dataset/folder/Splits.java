package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.dataset.file.Listing;
import io.mdc.setting.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the two splits of a tree of images are.
 *
 * @param root the folder that both are in
 * @param train the folder with the class folders of the training images
 * @param test likewise for the test images
 * @param unused folders of the root that might be taken for a split too
 */
record Splits(Path root, Path train, Path test, List<Path> unused) {
    /** What messages say is needed. */
    static final String LAYOUT =
            "needed are class folders train/<class>/ and val/<class>/ (or validation/, valid/, test/)";

    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> TEST = List.of("val", "validation", "valid", "test", "testing");
    private static final int DEEPEST = 8;

    /** Copies the list. */
    Splits {
        unused = List.copyOf(unused);
    }

    /** Whether {@link #of} finds training images there. */
    static boolean isIn(Path directory) {
        return named(Listing.of(root(directory)), TRAIN).isPresent();
    }

    /** Whether {@link #of} finds both there. */
    static boolean areIn(Path directory) {
        Listing found = Listing.of(root(directory));
        return named(found, TRAIN).isPresent() && named(found, TEST).isPresent();
    }

    /**
     * Finds the splits, in any case, in the directory or the only folder in it, and so on.
     *
     * @throws DataException if one is missing; the message says what was found
     */
    static Splits of(Path directory) {
        Path root = root(directory);
        Listing found = Listing.of(root);
        Path train = named(found, TRAIN).orElseThrow(() -> missing(root, "training", found));
        Path test = named(found, TEST).orElseThrow(() -> missing(root, "test", found));
        List<Path> unused = found.folders().stream()
                .filter(folder -> isNamed(folder, TEST) && !folder.equals(test))
                .toList();
        return new Splits(root, inner(train), inner(test), unused);
    }

    /**
     * Where class folders are whose images are to be split: in the folder of training images, or in the directory
     * itself, or the only folder in it, and so on.
     *
     * @param every which images are to be for testing
     * @throws ConfigException if there is a folder of test images
     */
    static Splits withoutTest(Path directory, int every) {
        Path root = root(directory);
        Listing found = Listing.of(root);
        named(found, TEST).ifPresent(test -> {
            throw new ConfigException(
                    "hold-out",
                    every,
                    "is for images without test images, but " + test
                            + " is there; leave it out, or name the folder of the training images, or rename a class that"
                            + " is called so");
        });
        Path images = named(found, TRAIN)
                .filter(train -> !isClass(train, found))
                .map(Splits::inner)
                .orElse(root);
        return new Splits(root, images, images, List.of());
    }

    /** Whether a folder among others has images of its own, as one of a class called so has. */
    private static boolean isClass(Path folder, Listing beside) {
        Listing inside = Listing.of(folder);
        return beside.folders().size() > 1
                && inside.folders().isEmpty()
                && !inside.images().isEmpty();
    }

    private static DataException missing(Path root, String what, Listing found) {
        String archives =
                found.archives().isEmpty() ? "" : "; unpack " + Listing.names("archive", found.archives()) + " first";
        return new DataException(root + ": no folder of " + what + " images in it, but " + found.text() + "; " + LAYOUT
                + archives + (found.folders().isEmpty() ? "" : ", or --hold-out 5 to test on every fifth image"));
    }

    private static Path root(Path directory) {
        Path root = directory;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Listing listing = Listing.of(root);
            if (listing.folders().size() != 1
                    || Stream.of(TRAIN, TEST)
                            .anyMatch(names -> named(listing, names).isPresent())) {
                return root;
            }
            root = listing.folders().get(0);
        }
        return root;
    }

    /** A split is sometimes packed as {@code train/train/}. */
    private static Path inner(Path split) {
        List<Path> folders = Listing.of(split).folders();
        return folders.size() == 1 && (isNamed(folders.get(0), TRAIN) || isNamed(folders.get(0), TEST))
                ? folders.get(0)
                : split;
    }

    /** The folder with the first of the names that there is, as it is written here or else in any case. */
    private static Optional<Path> named(Listing listing, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.concat(
                        listing.folders().stream()
                                .filter(folder ->
                                        folder.getFileName().toString().equals(name)),
                        listing.folders().stream().filter(folder -> isNamed(folder, List.of(name)))))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static boolean isNamed(Path folder, List<String> names) {
        return names.stream().anyMatch(folder.getFileName().toString()::equalsIgnoreCase);
    }
}
