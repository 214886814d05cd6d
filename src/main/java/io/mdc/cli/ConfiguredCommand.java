package io.mdc.cli;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.order.OrderConfig;
import io.mdc.robust.RobustConfig;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that takes settings as options. */
abstract class ConfiguredCommand implements Callable<Integer> {
    private final Console console;
    private final List<SettingInfo> settings;
    private final Map<String, String> defaults = Settings.texts(ConfigReader.read());

    @Spec
    private CommandSpec spec;

    /** Takes those settings of a run that pass {@code wanted}. */
    ConfiguredCommand(Console console, Predicate<SettingInfo> wanted) {
        this.console = console;
        this.settings = Settings.of(RunConfig.class).stream().filter(wanted).toList();
    }

    /** Takes the settings that the given records hold. */
    ConfiguredCommand(Console console, Set<Class<? extends Record>> owners) {
        this(console, setting -> owners.contains(setting.owner()));
    }

    /** Whether a setting is one of a run; the others are of what may be done with a finished one. */
    static boolean isOfCondensing(SettingInfo setting) {
        return setting.owner() != OrderConfig.class && setting.owner() != RobustConfig.class;
    }

    /** Returns where to write. */
    final Console console() {
        return console;
    }

    /** Returns the settings that are options of this command. */
    final List<SettingInfo> settings() {
        return settings;
    }

    /** Returns what help calls the default of a setting. */
    String defaultOf(String key) {
        return defaults.get(key);
    }

    /** Returns the settings given as options. */
    final Layer options() {
        return SettingOptions.given(spec.commandLine().getParseResult(), settings);
    }
}
