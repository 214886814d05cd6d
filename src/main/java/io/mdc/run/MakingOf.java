package io.mdc.run;

import io.mdc.backend.ComputeConfig;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.order.OrderConfig;
import io.mdc.robust.RobustConfig;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The commands that make a run again, for people who do not have it. */
final class MakingOf {
    private static final String METHOD = "method";

    /** Settings that say how and where, not what. */
    private static final List<Class<?>> CIRCUMSTANCES =
            List.of(ComputeConfig.class, RobustConfig.class, OrderConfig.class);

    private MakingOf() {}

    /** The commands and what else is to be said, in Markdown. */
    static String of(RunConfig config, Manifest manifest) {
        if (manifest.imported() != null) {
            Manifest.Source source = manifest.imported();
            return "Not made by mdc: imported from `"
                    + source.file().substring(source.file().lastIndexOf('/') + 1) + "`, SHA-256 `" + source.sha256()
                    + "`; " + source.reading() + ".";
        }
        String condense = "    mdc condense" + options(changed(config))
                + (config.data().dataDir().isPresent() ? " --data-dir DATA" : "") + " --out RUN";
        if (manifest.joined() != null) {
            return "Joined of " + manifest.joined().size()
                    + " runs, whose settings differ from these in what makes them" + " parts of one:\n\n" + condense;
        }
        if (manifest.order() == null) {
            return condense;
        }
        Map<String, String> order = changes(config);
        order.keySet().retainAll(Settings.keys(OrderConfig.class));
        return condense + "\n    mdc order RUN --by " + manifest.order().by() + options(order) + " --out ORDERED";
    }

    /** The settings of the condensation, and of its evaluation, that are not what they would be without an option. */
    static Map<String, String> changed(RunConfig config) {
        Map<String, String> changed = changes(config);
        Settings.of(RunConfig.class).stream()
                .filter(setting -> CIRCUMSTANCES.contains(setting.owner()))
                .map(SettingInfo::key)
                .forEach(changed::remove);
        changed.remove(Settings.key(DataConfig.class, "dataDir"));
        changed.remove(Settings.key(RunConfig.class, "checkpointMinutes"));
        return changed;
    }

    private static Map<String, String> changes(RunConfig config) {
        Map<String, String> changes = new LinkedHashMap<>(Settings.texts(config));
        String method = changes.get(METHOD);
        Map<String, String> usual = Settings.texts(ConfigReader.read(Layer.options(Map.of(METHOD, method))));
        usual.put(METHOD, Settings.texts(ConfigReader.read()).get(METHOD));
        changes.entrySet().removeIf(setting -> setting.getValue().equals(usual.get(setting.getKey())));
        return changes;
    }

    private static String options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> " --" + setting.getKey() + "=" + quoted(setting.getValue()))
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return value.matches("[\\w.,:/+-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
