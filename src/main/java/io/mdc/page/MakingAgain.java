package io.mdc.page;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.run.Circumstances;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that make a run again. */
final class MakingAgain {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");
    private static final String METHOD = "method";

    private MakingAgain() {}

    /** A command, or a line that says from what else the run was made; none without settings. */
    static List<List<String>> commands(RunReading reading) {
        if (reading.config().isEmpty()) {
            return List.of();
        }
        RunConfig config = reading.config().get();
        return reading.circumstances()
                .flatMap(Circumstances::made)
                .filter(made -> made.how() != Circumstances.How.SHARD)
                .map(made -> from(made, config))
                .orElseGet(() -> List.of(condensing(config)));
    }

    private static List<List<String>> from(Circumstances.Made made, RunConfig config) {
        List<String> runs = made.from().stream().map(MakingAgain::quoted).toList();
        return switch (made.how()) {
            case ORDERED_BY_LBPE -> List.of(ordering(runs, "lbpe"));
            case ORDERED_BY_EL2N -> List.of(ordering(runs, "el2n"));
            case ORDERED_BY_RANDOM -> List.of(ordering(runs, "random"));
            case JOINED -> List.of(words(List.of("# the images of"), runs), condensing(config));
            case MERGED, SHARD -> List.of(words(List.of("# the classes of"), runs), condensing(config));
        };
    }

    private static List<String> ordering(List<String> runs, String by) {
        return words(words(List.of("mdc", "order"), runs), List.of("--by=" + by, "--out=AGAIN"));
    }

    private static List<String> condensing(RunConfig config) {
        return words(
                List.of("mdc", "condense", "--out=AGAIN"),
                options(config).entrySet().stream()
                        .map(option -> quoted("--" + option.getKey() + "=" + option.getValue()))
                        .toList());
    }

    private static List<String> words(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    /** The settings that are not the method's defaults, and the method; they give the same configuration. */
    static Map<String, String> options(RunConfig config) {
        Map<String, String> texts = Settings.texts(config);
        Map<String, String> defaults =
                Settings.texts(ConfigReader.read(Layer.options(Map.of(METHOD, texts.get(METHOD)))));
        Map<String, String> options = new LinkedHashMap<>();
        options.put(METHOD, texts.get(METHOD));
        texts.forEach((key, value) -> {
            if (!value.equals(defaults.get(key))) {
                options.put(key, value);
            }
        });
        return options;
    }

    /** As a POSIX shell takes it for one word. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
