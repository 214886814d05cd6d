package io.mdc.data;

import io.mdc.setting.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * How a data set is to be loaded.
 *
 * @param directory where its files are; empty for one that is generated
 * @param size height and width of images read from folders; empty for the data set's own
 * @param classes class folders to use; empty for all or the data set's own
 * @param skipBadImages whether images that cannot be read are left out and counted
 * @param holdOut which images of a folder without test images are for testing: of every class each so-many-th; 0 for
 *     none
 * @param cache where decoded images and unpacked archives are kept
 * @param threads to decode images with
 * @param progress told how many of how many files are decoded, from any thread
 */
public record LoadRequest(
        Optional<Path> directory,
        OptionalInt size,
        List<String> classes,
        boolean skipBadImages,
        int holdOut,
        Path cache,
        int threads,
        BiConsumer<Long, Long> progress) {
    /** Copies the list. */
    public LoadRequest {
        classes = List.copyOf(classes);
    }

    /** The cache. */
    public Cache.Space space() {
        return new Cache.Space(cache);
    }

    /**
     * For data sets whose images have one size and are all needed, and whose classes are fixed.
     *
     * @throws ConfigException if the request says otherwise
     */
    public void requireNoImageOptions(String dataset) {
        if (size.isPresent()) {
            throw new ConfigException(
                    "size", size.getAsInt(), "is for images in folders; those of " + dataset + " have one size");
        }
        if (holdOut > 0) {
            throw new ConfigException("hold-out", holdOut, "is for images in folders; " + dataset + " has test images");
        }
        if (!classes.isEmpty()) {
            throw new ConfigException(
                    "classes",
                    String.join(",", classes),
                    "is for images in folders; " + dataset + " has fixed classes");
        }
        if (skipBadImages) {
            throw new ConfigException(
                    "skip-bad-images", true, "is for images in folders; of " + dataset + " none can be left out");
        }
    }

    /** A request with nothing but a directory, which may be null. */
    public static LoadRequest of(Path directory) {
        return new LoadRequest(
                Optional.ofNullable(directory),
                OptionalInt.empty(),
                List.of(),
                false,
                0,
                Cache.directory(),
                Runtime.getRuntime().availableProcessors(),
                (done, all) -> {});
    }

    /** The same request for another directory. */
    public LoadRequest in(Path other) {
        return new LoadRequest(Optional.of(other), size, classes, skipBadImages, holdOut, cache, threads, progress);
    }
}
