package io.mdc.config;

import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Nearest;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
     * Lays layers over the defaults, later ones over earlier ones, and checks the result.
     *
     * @param layers the layers above the defaults, lowest first
     * @return the configuration
     * @throws ConfigException for the first key that is unknown or value that is wrong, naming the layer it is from
     */
    public static RunConfig read(List<Layer> layers) {
        List<String> keys =
                Settings.of(RunConfig.class).stream().map(SettingInfo::key).toList();
        Map<String, String> merged = new LinkedHashMap<>();
        Map<String, Layer> sources = new LinkedHashMap<>();
        Layer defaults = Presets.layer(Presets.DEFAULTS);
        List<Layer> all = new ArrayList<>(layers);
        method(defaults, layers).map(Presets::ofMethod).ifPresent(layer -> all.add(0, layer));
        all.add(0, defaults);
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
    private static Optional<Method> method(Layer defaults, List<Layer> layers) {
        String key = Settings.key(MethodConfig.class, "method");
        String named = Stream.concat(Stream.of(defaults), layers.stream())
                .map(layer -> layer.values().get(key))
                .filter(Objects::nonNull)
                .reduce((lower, upper) -> upper)
                .orElseThrow()
                .strip();
        return Arrays.stream(Method.values())
                .filter(method -> TextForm.format(method).equals(named))
                .findFirst();
    }

    private static ConfigException unknown(Layer layer, String key, List<String> keys) {
        String place = layer.source().isEmpty() ? "" : layer.source() + ": ";
        String hint = Nearest.of(key, keys)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return new ConfigException(place + "there is no setting " + key + hint);
    }
}
