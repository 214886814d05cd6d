package io.mdc.config;

import io.mdc.method.Method;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The configurations that come with the program: the files of {@code configs/}. */
public final class Presets {
    /** Name of the file that holds every setting's default. */
    public static final String DEFAULTS = "defaults";

    /** Name of the small preset for a first run. */
    public static final String QUICKSTART = "quickstart";

    private static final String FOLDER = "presets/";
    private static final String METHODS = "methods/";
    private static final String SMOKE = "smoke/";
    private static final String SUFFIX = ".yaml";

    private Presets() {}

    /**
     * Lists the presets.
     *
     * @return names in alphabetic order
     */
    public static List<String> names() {
        URL defaults = Presets.class.getResource(FOLDER + DEFAULTS + SUFFIX);
        try {
            URI uri = defaults.toURI();
            if (!uri.getScheme().equals("jar")) {
                return names(Path.of(uri).getParent());
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.provider().getPath(uri).getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the settings of a preset.
     *
     * @param name one of {@link #names()}
     * @throws ConfigException if there is no such preset
     */
    public static Layer layer(String name) {
        try (InputStream in = open(name)) {
            return Layer.read("preset " + name, in);
        } catch (IOException e) {
            throw new ConfigException("preset " + name + ": cannot be read: " + e.getMessage());
        }
    }

    /** The settings of a run as small as one can be, for seeing whether everything works, by any method. */
    public static List<Layer> smoke(Method method) {
        List<Layer> layers = new ArrayList<>(List.of(resource(SMOKE + DEFAULTS).orElseThrow()));
        resource(SMOKE + TextForm.format(method)).ifPresent(layers::add);
        return layers;
    }

    /** What a method has other than {@link #DEFAULTS}; nothing for most. */
    static Layer ofMethod(Method method) {
        String name = METHODS + TextForm.format(method);
        return resource(name).orElseGet(() -> new Layer(name, Map.of()));
    }

    private static Optional<Layer> resource(String name) {
        try (InputStream in = Presets.class.getResourceAsStream(FOLDER + name + SUFFIX)) {
            return in == null ? Optional.empty() : Optional.of(Layer.read("preset " + name, in));
        } catch (IOException e) {
            throw new ConfigException("preset " + name + ": cannot be read: " + e.getMessage());
        }
    }

    /** Opens a preset; ConfigException lists the presets if there is none of that name. */
    private static InputStream open(String name) {
        InputStream in = Presets.class.getResourceAsStream(FOLDER + name + SUFFIX);
        if (in == null || !names().contains(name)) {
            throw new ConfigException("preset", name, "must be one of " + String.join(", ", names()));
        }
        return in;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
