package io.mdc.config;

import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Nearest;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Merges layers of settings into one configuration. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Lays layers over the defaults and those of the method they name, later ones over earlier ones, and checks the
     * result.
     *
     * @param layers the layers above the defaults, lowest first
     * @return the configuration
     * @throws ConfigException for the first key that is unknown or value that is wrong, naming the layer it is from
     */
    public static RunConfig read(Layer... layers) {
        return read(List.of(layers));
    }

    /**
     * Lays layers over the defaults, as the other does.
     *
     * @param layers the layers above the defaults, lowest first
     * @return the configuration
     * @throws ConfigException for the first key that is unknown or value that is wrong, naming the layer it is from
     */
    public static RunConfig read(List<Layer> layers) {
        return read(layers, note -> {});
    }

    /**
     * Lays layers over the defaults and those of the method they name, later ones over earlier ones, and checks the
     * result. What a preset or a file has only because it is for another method is of this method instead.
     *
     * @param layers the layers above the defaults, lowest first
     * @param notes told what of a preset or a file is not for this method
     * @return the configuration
     * @throws ConfigException for the first key that is unknown or value that is wrong, naming the layer it is from
     */
    public static RunConfig read(List<Layer> layers, Consumer<String> notes) {
        return method(layers)
                .map(method -> merged(OtherMethod.adapted(layers, method, notes)))
                .orElseGet(() -> merged(layers));
    }

    /** Lays layers over the defaults as they are, whatever method they are for. */
    static RunConfig merged(List<Layer> layers) {
        List<String> keys =
                Settings.of(RunConfig.class).stream().map(SettingInfo::key).toList();
        Map<String, String> merged = new LinkedHashMap<>();
        Map<String, Layer> sources = new LinkedHashMap<>();
        List<Layer> all = new ArrayList<>(layers);
        method(layers).map(Presets::ofMethod).ifPresent(layer -> all.add(0, layer));
        all.add(0, Presets.layer(Presets.DEFAULTS));
        for (Layer layer : all) {
            layer.values().forEach((key, value) -> {
                if (!keys.contains(key)) {
                    throw unknown(layer, key, keys);
                }
                merged.put(key, value);
                sources.put(key, layer);
            });
        }
        try {
            return Settings.bind(RunConfig.class, merged);
        } catch (ConfigException e) {
            throw e.key().map(key -> sources.get(key).locate(e)).orElse(e);
        }
    }

    /** The method that the uppermost layer names, unless it names none that there is. */
    private static Optional<Method> method(List<Layer> layers) {
        String key = Settings.key(MethodConfig.class, "method");
        return Stream.concat(Stream.of(Presets.layer(Presets.DEFAULTS)), layers.stream())
                .filter(layer -> layer.values().containsKey(key))
                .reduce((lower, upper) -> upper)
                .flatMap(OtherMethod::named);
    }

    private static ConfigException unknown(Layer layer, String key, List<String> keys) {
        String place = layer.source().isEmpty() ? "" : layer.source() + ": ";
        String hint = Nearest.of(key, keys)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return new ConfigException(place + "there is no setting " + key + hint);
    }
}
