package io.mdc.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings from one source; {@link ConfigReader} lays layers over each other.
 *
 * @param source what messages call the source; empty for the command line
 * @param values text by key, neither checked nor complete
 */
public record Layer(String source, Map<String, String> values) {
    /** Copies the values. */
    public Layer {
        values = Map.copyOf(values);
    }

    /**
     * Returns the layer of a preset that comes with the program.
     *
     * @param name one of {@link Presets#names()}
     * @return its settings
     * @throws ConfigException if there is no such preset
     */
    public static Layer preset(String name) {
        try (InputStream in = Presets.open(name)) {
            String source = "preset " + name;
            return new Layer(source, FlatYaml.read(source, in));
        } catch (IOException e) {
            throw new ConfigException("preset " + name + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns the layer of a YAML file.
     *
     * @param file the file
     * @return its settings
     * @throws ConfigException if it cannot be read or is not a flat YAML mapping
     */
    public static Layer file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Layer(file.toString(), FlatYaml.read(file.toString(), in));
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns the layer of command-line options.
     *
     * @param values text by key
     * @return the layer
     */
    public static Layer options(Map<String, String> values) {
        return new Layer("", values);
    }

    /** Returns the exception naming this layer as the source of the value. */
    ConfigException locate(ConfigException e) {
        return source.isEmpty() ? e : e.from(source);
    }
}
