package io.mdc.config;

import io.mdc.setting.ConfigException;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A setting that differs between the runs of a family.
 *
 * @param key of the setting
 * @param values texts, each once; copied
 */
public record Variation(String key, List<String> values) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
    private static final long MOST = 10_000;
    private static final String OUTSIDE_BRACKETS = "(?![^\\[]*\\])";

    /**
     * Checks that there is such a setting, and that values differ.
     *
     * @throws ConfigException if not
     */
    public Variation {
        values = List.copyOf(values);
        if (Settings.of(RunConfig.class).stream().map(SettingInfo::key).noneMatch(key::equals)) {
            throw new ConfigException(key + ": there is no such setting, see mdc condense --help");
        }
        if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
            throw new ConfigException(key + "=" + String.join(",", values) + ": every value once, at least one");
        }
    }

    /**
     * Reads {@code NAME=V1,V2,…}, where {@code 1-10} stands for 1 to 10 and {@code [A,B]} for a value that is a list.
     *
     * @throws ConfigException if it has another form
     */
    public static Variation parse(String text) {
        String[] parts = text.strip().replaceFirst("^--", "").split("=", 2);
        if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new ConfigException(text + ": must be NAME=VALUE,VALUE,…, such as ipc=1-10");
        }
        return new Variation(
                parts[0],
                Stream.of(parts[1].split("," + OUTSIDE_BRACKETS, -1))
                        .flatMap(value -> values(text, value.strip()))
                        .toList());
    }

    /**
     * Reads several of them, separated by spaces.
     *
     * @throws ConfigException if one has another form
     */
    public static List<Variation> parseAll(String text) {
        return Stream.of(text.strip().split("\\s+" + OUTSIDE_BRACKETS))
                .map(Variation::parse)
                .toList();
    }

    private static Stream<String> values(String text, String value) {
        if (!value.startsWith("[")) {
            return range(text, value);
        } else if (!value.endsWith("]")) {
            throw new ConfigException(text + ": " + value
                    + " must end with the bracket of its list, such as match=conv,[conv,classifier]");
        }
        return Stream.of(String.join(",", TextForm.parts(value.substring(1, value.length() - 1), ",")));
    }

    private static Stream<String> range(String text, String value) {
        Matcher range = RANGE.matcher(value);
        if (!range.matches()) {
            return Stream.of(value);
        }
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2));
        if (to < from || to - from >= MOST) {
            throw new ConfigException(text + ": " + value + " must be from a smaller number to a larger one,"
                    + " at most " + MOST + " of them");
        }
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString);
    }

    /** All combinations, the last setting varying fastest: values by key, in the order of the settings. */
    public static List<Map<String, String>> combinations(List<Variation> variations) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Variation variation : variations) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : all) {
                for (String value : variation.values()) {
                    Map<String, String> combination = new LinkedHashMap<>(shorter);
                    if (combination.put(variation.key(), value) != null) {
                        throw new ConfigException(variation.key() + ": is given twice");
                    }
                    longer.add(combination);
                }
            }
            all = longer;
        }
        return all;
    }
}
