package io.mdc.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets this program knows, by name. */
public final class Datasets {
    private static final List<DatasetSource> SOURCES = List.of(
            new Shapes(),
            new Cifar10(),
            new Cifar100(),
            new Svhn(),
            ImageFolder.imageNet10(),
            ImageFolder.own(),
            new NumpyFolder());

    private Datasets() {}

    /**
     * Returns all sources.
     *
     * @return the default data set first
     */
    public static List<DatasetSource> sources() {
        return SOURCES;
    }

    /**
     * Returns the names of all sources.
     *
     * @return the default data set first
     */
    public static List<String> names() {
        return SOURCES.stream().map(DatasetSource::name).toList();
    }

    /**
     * Returns a source by its name.
     *
     * @param name one of {@link #names()}
     * @return the source
     * @throws IllegalArgumentException if there is no such data set
     */
    public static DatasetSource source(String name) {
        return SOURCES.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown data set '" + name + "', expected one of: " + String.join(", ", names())));
    }

    /**
     * Where a data set's files are: the given directory, else its folder in the cache if that exists.
     *
     * @param name one of {@link #names()}
     * @param given the directory that was asked for, if any
     * @return nothing if it is nowhere
     */
    public static Optional<Path> directory(String name, Optional<Path> given) {
        Path cached = Cache.directory().resolve(name);
        return given.isPresent() || !Files.isDirectory(cached) ? given : Optional.of(cached);
    }

    /**
     * Loads a data set.
     *
     * @param name one of {@link #names()}
     * @param request where from and how
     * @return the data set
     * @throws IllegalArgumentException if there is no such data set, or it needs a directory and none is given
     * @throws DataException if a file is missing, unreadable or corrupt
     */
    public static Dataset load(String name, LoadRequest request) {
        DatasetSource source = source(name);
        LoadRequest located = request.at(directory(name, request.directory()));
        if (source.readsFiles() && located.directory().isEmpty()) {
            throw new IllegalArgumentException("data set '" + name + "' is read from files: "
                    + (source.card().downloads().isEmpty() ? "" : "run mdc data fetch " + name + ", or ")
                    + "name their directory with --data-dir");
        }
        return source.load(located);
    }
}
