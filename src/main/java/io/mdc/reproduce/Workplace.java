package io.mdc.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.dataset.DataConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory that tables are made in: {@code reproduce.json} says how its runs are made, {@code runs} holds them.
 *
 * @param path of the directory
 */
record Workplace(Path path) {
    private static final String FILE = "reproduce.json";
    private static final String DATA_DIR = Settings.key(DataConfig.class, "dataDir");

    /** The content of the file: the scale by name, and texts of the user's settings by key. */
    private record Stored(String scale, Map<String, String> settings) {
        Stored {
            TextForm.parseConstant(Scale.class, scale);
            settings = Map.copyOf(settings);
        }
    }

    /** Where the directories of runs are. */
    Path runs() {
        return path.resolve("runs");
    }

    /**
     * How the runs of the directory are made, if it was used before.
     *
     * @throws DataException if its file is damaged
     */
    Optional<Scale> scale() {
        return stored().map(stored -> TextForm.parseConstant(Scale.class, stored.scale()));
    }

    /** The settings of the user's that the directory was begun with. */
    Layer settings() {
        return Layer.options(stored().map(Stored::settings).orElse(Map.of()));
    }

    /**
     * Takes the directory for runs of a setup, or goes on with it; one without any run is taken however it was begun.
     *
     * @throws ConfigException if it holds other files, was begun otherwise, or cannot be written
     * @throws DataException if its file is damaged
     */
    void take(Setup setup) {
        Stored wanted = new Stored(TextForm.format(setup.scale()), shaping(setup.options()));
        Optional<Stored> before = stored();
        try {
            if (before.isPresent()) {
                Map<String, String> settings =
                        shaping(Layer.options(before.get().settings()));
                if (before.get().scale().equals(wanted.scale()) && settings.equals(wanted.settings())) {
                    return;
                } else if (hasRuns()) {
                    throw new ConfigException(
                            "out",
                            path,
                            "was begun with " + words(before.get().scale(), settings) + ", not "
                                    + words(wanted.scale(), wanted.settings()) + "; name another directory");
                }
            } else if (holdsOtherFiles()) {
                if (stored().isEmpty()) {
                    throw new ConfigException(
                            "out", path, "holds other files and no " + FILE + "; name another directory");
                }
                take(setup); // another process was faster
                return;
            }
            Files.createDirectories(path);
            AtomicFiles.write(path.resolve(FILE), Json.text(new Stored(wanted.scale(), absolute(setup.options()))));
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + e.getMessage());
        }
    }

    /** Whether there is anything but what is left of an interrupted start, or is being made of one. */
    private boolean holdsOtherFiles() throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.anyMatch(entry -> !entry.getFileName().toString().startsWith(FILE, 1)
                    && !entry.getFileName().toString().startsWith(FILE));
        }
    }

    /** False where the first command failed before it made anything, for want of data for example. */
    private boolean hasRuns() throws IOException {
        if (!Files.isDirectory(runs())) {
            return false;
        }
        try (Stream<Path> entries = Files.list(runs())) {
            return entries.findAny().isPresent();
        }
    }

    private Optional<Stored> stored() {
        Path file = path.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Json.read(in, Stored.class));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new DataException(file + ": damaged; it must say {\"scale\": …, \"settings\": {…}}", e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The settings, the directory of the data by a path that holds wherever the next command is given. */
    private static Map<String, String> absolute(Layer options) {
        Map<String, String> absolute = new TreeMap<>(options.values());
        absolute.computeIfPresent(
                DATA_DIR,
                (key, value) -> Path.of(value).toAbsolutePath().normalize().toString());
        return absolute;
    }

    /** Without where the data are and what is computed with. */
    private static Map<String, String> shaping(Layer options) {
        Map<String, String> shaping = new TreeMap<>(options.values());
        shaping.remove(DATA_DIR);
        Settings.of(ComputeConfig.class).forEach(setting -> shaping.remove(setting.key()));
        return shaping;
    }

    private static String words(String scale, Map<String, String> settings) {
        StringBuilder words = new StringBuilder("--scale " + scale);
        settings.forEach(
                (key, value) -> words.append(" --").append(key).append(' ').append(value));
        return words.toString();
    }
}
