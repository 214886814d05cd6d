package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.Cache;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.fetch.Fetcher;
import io.mdc.shapes.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets this program knows, by name. */
public final class Datasets {
    /** So many classes a message names. */
    private static final int NAMED = 5;

    private static final List<DatasetSource> SOURCES = List.of(
            new Shapes(),
            new Cifar10(),
            new Cifar100(),
            new Svhn(),
            ImageFolder.imageNet10(),
            ImageFolder.own(),
            new NumpyFolder(),
            new Idx());

    private static final List<String> NAMES =
            SOURCES.stream().map(DatasetSource::name).toList();

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
        return NAMES;
    }

    /**
     * Returns where {@code mdc data fetch} puts a data set's files: the directory of its name in the cache.
     *
     * @param source the data set
     * @param cache as {@link Cache#directory()} returns it
     * @return the directory; nothing if the data set cannot be fetched, or no file of it has been fetched completely
     * @throws DataException if the directory cannot be read
     */
    public static Optional<Path> fetched(DatasetSource source, Path cache) {
        Path directory = cache.resolve(source.name());
        if (source.card().downloads().isEmpty() || !Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> !file.toString().endsWith(Fetcher.PART))
                    ? Optional.of(directory)
                    : Optional.empty();
        } catch (IOException e) {
            throw new DataException(directory + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    /**
     * Loads a data set; without a directory, from where its files are {@linkplain #fetched fetched} to.
     *
     * @param name which one
     * @param request where from and how
     * @return the data set
     * @throws IllegalArgumentException if it needs a directory and none is given
     * @throws DataException if a file is missing, unreadable or corrupt
     */
    public static Dataset load(DatasetName name, LoadRequest request) {
        Dataset data = name.source().load(located(name, request));
        List<String> untested = untested(data);
        if (!untested.isEmpty()) {
            log().warn("{}: no test images of {}, of which accuracies tell nothing", name, some(untested));
        }
        return data;
    }

    private static LoadRequest located(DatasetName name, LoadRequest request) {
        DatasetSource source = name.source();
        if (!source.readsFiles() || request.directory().isPresent()) {
            return request;
        }
        return request.in(fetched(source, request.cache())
                .orElseThrow(() -> new IllegalArgumentException("data set '" + name + "' is read from files: "
                        + (source.card().downloads().isEmpty() ? "" : "run mdc data fetch " + name + ", or ")
                        + "name their directory with --data-dir")));
    }

    /** Classes that the test images do not have. */
    static List<String> untested(Dataset data) {
        return IntStream.range(0, data.classes())
                .filter(label -> data.test().indicesOfClass(label).length == 0)
                .mapToObj(data.classNames()::get)
                .toList();
    }

    private static String some(List<String> classes) {
        String names = classes.stream().limit(NAMED).collect(Collectors.joining(", "));
        return (classes.size() == 1 ? "class " : "classes ")
                + names
                + (classes.size() > NAMED ? " and " + (classes.size() - NAMED) + " more" : "");
    }

    /** Got when there is something to say: starting the logging takes 0.15 s, and every command names all data sets. */
    private static Logger log() {
        return LoggerFactory.getLogger(Datasets.class);
    }
}
