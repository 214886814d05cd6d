package io.mdc.setting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Settings from one source; layers are laid over each other.
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
     * Returns the layer of a YAML text, which stays open.
     *
     * @param source what messages call it
     * @throws IOException if it cannot be read
     * @throws ConfigException if it is not a flat YAML mapping
     */
    public static Layer read(String source, InputStream yaml) throws IOException {
        return new Layer(source, FlatYaml.read(source, yaml));
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
            return read(file.toString(), in);
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

    /** Returns the layer without some keys. */
    public Layer without(Set<String> keys) {
        Map<String, String> rest = new HashMap<>(values);
        rest.keySet().removeAll(keys);
        return new Layer(source, rest);
    }

    /** Returns the exception naming this layer as the source of the value. */
    public ConfigException locate(ConfigException e) {
        return source.isEmpty() ? e : e.from(source);
    }
}
