package io.mdc.cli;

import io.mdc.config.ConfigException;
import io.mdc.config.DataConfig;
import io.mdc.data.Cache;
import io.mdc.data.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.Datasets;
import io.mdc.data.LoadRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** From settings to data sets; names and settings that are wrong become {@link ConfigException}s. */
final class DataRequests {
    private DataRequests() {}

    /** What the settings ask for, decoded on all cores. */
    static LoadRequest of(DataConfig data) {
        return new LoadRequest(
                data.dataDir(),
                data.size(),
                classes(data.classes()),
                data.skipBadImages(),
                Cache.directory(),
                Runtime.getRuntime().availableProcessors(),
                (done, all) -> {});
    }

    /** Loads the data set that the settings name. */
    static Dataset load(DataConfig data) {
        try {
            return Datasets.load(data.dataset(), of(data));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Finds a data set by its name. */
    static DatasetSource source(String name) {
        try {
            return Datasets.source(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** Splits names at commas, or reads them from a text file with a name a line. */
    static List<String> classes(String text) {
        Path file = Path.of(text);
        try (Stream<String> names =
                Files.isRegularFile(file) ? Files.lines(file) : Arrays.stream(text.split(",", -1))) {
            return names.map(String::strip).filter(name -> !name.isEmpty()).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(file + ": cannot be read as text with a class name a line", e);
        }
    }
}
