package io.mdc.cli;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options for settings, made from what the configuration records declare.
 *
 * <p>Values are taken as texts and checked by the records, so that they fail with the same words as in a file.
 */
final class SettingOptions {
    private SettingOptions() {}

    /** Adds an option for every setting, in groups under their headings; help names the default of a key. */
    static void add(CommandSpec spec, List<SettingInfo> settings, UnaryOperator<String> defaults) {
        Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
        for (SettingInfo setting : settings) {
            groups.computeIfAbsent(setting.heading(), SettingOptions::group)
                    .addArg(option(setting, defaults.apply(setting.key())));
        }
        groups.values().forEach(group -> spec.addArgGroup(group.build()));
    }

    /** Returns the settings that were given on the command line. */
    static Layer given(ParseResult parsed, List<SettingInfo> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SettingInfo setting : settings) {
            OptionSpec option = parsed.matchedOption("--" + setting.key());
            if (option != null) {
                requireOnce(option);
                values.put(setting.key(), option.getValue().toString());
            }
        }
        return Layer.options(values);
    }

    /** Options in groups may be repeated as far as picocli is concerned; the last value would silently win. */
    private static void requireOnce(OptionSpec option) {
        if (option.originalStringValues().size() > 1) {
            throw new ConfigException("option " + option.longestName() + " must be given only once");
        }
    }

    private static ArgGroupSpec.Builder group(String heading) {
        return ArgGroupSpec.builder()
                .heading("%n" + heading + ":%n")
                .exclusive(false)
                .validate(false)
                .multiplicity("0..1");
    }

    private static OptionSpec option(SettingInfo setting, String defaultText) {
        OptionSpec.Builder option =
                OptionSpec.builder("--" + setting.key()).description(description(setting, defaultText));
        if (setting.isSwitch()) {
            return option.type(Boolean.class)
                    .arity("0..1")
                    .fallbackValue("true")
                    .paramLabel(setting.label())
                    .completionCandidates(List.of("true", "false"))
                    .build();
        }
        if (setting.isChoice()) {
            option.completionCandidates(List.of(setting.label().split("\\|")));
        }
        return option.type(String.class).arity("1").paramLabel(setting.label()).build();
    }

    private static String description(SettingInfo setting, String defaultText) {
        String allowed = setting.isChoice() || setting.allowed().isEmpty() ? "" : setting.allowed() + "; ";
        String text = setting.description() + " (" + allowed + "default: "
                + (defaultText.isEmpty() ? "none" : defaultText) + ").";
        return text.replace("%", "%%");
    }
}
