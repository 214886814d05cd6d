package io.mdc.data;

import io.mdc.config.ConfigException;
import io.mdc.config.DataConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * How a data set is to be loaded.
 *
 * @param directory where its files are; empty for one that is generated
 * @param size height and width of images read from folders; empty for the data set's own
 * @param classes class folders to use; empty for all or the data set's own
 * @param skipBadImages whether images that cannot be read are left out and counted
 * @param cache where decoded images and unpacked archives are kept
 * @param threads to decode images with
 * @param progress told how many of how many files are decoded, from any thread
 */
public record LoadRequest(
        Optional<Path> directory,
        OptionalInt size,
        List<String> classes,
        boolean skipBadImages,
        Path cache,
        int threads,
        BiConsumer<Long, Long> progress) {
    /** Copies the list. */
    public LoadRequest {
        classes = List.copyOf(classes);
    }

    /** The cache. */
    Cache.Space space() {
        return new Cache.Space(cache);
    }

    /**
     * For data sets whose images have one size and whose classes are fixed.
     *
     * @throws ConfigException if the request says otherwise
     */
    void requireNoImageOptions(String dataset) {
        if (size.isPresent()) {
            throw new ConfigException(
                    "size", size.getAsInt(), "is for images in folders; those of " + dataset + " have one size");
        }
        if (!classes.isEmpty()) {
            throw new ConfigException(
                    "classes",
                    String.join(",", classes),
                    "is for images in folders; " + dataset + " has fixed classes");
        }
    }

    /**
     * The request that settings make.
     *
     * @param threads to decode images with
     * @param progress told how many of how many files are decoded, from any thread
     * @throws DataException if {@code --classes} names a file that cannot be read
     */
    public static LoadRequest of(DataConfig config, int threads, BiConsumer<Long, Long> progress) {
        return new LoadRequest(
                config.dataDir(),
                config.size(),
                classes(config.classes()),
                config.skipBadImages(),
                Cache.directory(),
                threads,
                progress);
    }

    /** Names joined by commas, or the lines of a file. */
    private static List<String> classes(String text) {
        Stream<String> names = Stream.of(text.split(","));
        Path file = Path.of(text);
        if (!text.isBlank() && Files.isRegularFile(file)) {
            try {
                names = Files.readAllLines(file).stream();
            } catch (IOException e) {
                throw new DataException(file + ": cannot be read as a list of classes (" + e + ")", e);
            }
        }
        return names.map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** A request with nothing but a directory, which may be null. */
    public static LoadRequest of(Path directory) {
        return new LoadRequest(
                Optional.ofNullable(directory),
                OptionalInt.empty(),
                List.of(),
                false,
                Cache.directory(),
                Runtime.getRuntime().availableProcessors(),
                (done, all) -> {});
    }

    /** The same request for another directory. */
    LoadRequest in(Path other) {
        return new LoadRequest(Optional.of(other), size, classes, skipBadImages, cache, threads, progress);
    }
}
