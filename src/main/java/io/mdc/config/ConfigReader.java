package io.mdc.config;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Nearest;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Merges layers of settings into one configuration. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Lays layers over the defaults, later ones over earlier ones, and checks the result.
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
        List<Layer> all = new ArrayList<>(List.of(Presets.layer(Presets.DEFAULTS)));
        all.addAll(layers);
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

    private static ConfigException unknown(Layer layer, String key, List<String> keys) {
        String place = layer.source().isEmpty() ? "" : layer.source() + ": ";
        String hint = Nearest.of(key, keys)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return new ConfigException(place + "there is no setting " + key + hint);
    }
}
