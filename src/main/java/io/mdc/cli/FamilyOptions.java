package io.mdc.cli;

import io.mdc.config.Variation;
import io.mdc.setting.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which runs a family has. */
final class FamilyOptions {
    private static final String VARY = "--vary";
    private static final String ALSO = "--also";

    @Option(
            names = VARY,
            paramLabel = "NAME=VALUES",
            description =
                    "A run for every value of a setting, such as ipc=1-10 or metric=feature,gradient, below --out;"
                            + " given again, for every combination.")
    private List<String> vary = List.of();

    @Option(
            names = ALSO,
            paramLabel = "NAMES",
            description = "More runs beside those of --vary: settings with values, separated by spaces, such as"
                    + " \"ipc=1 start-index=1-9\".")
    private List<String> also = List.of();

    boolean given() {
        return !vary.isEmpty() || !also.isEmpty();
    }

    /** The option by which a family was asked for. */
    String name() {
        return vary.isEmpty() ? ALSO : VARY;
    }

    /**
     * What the runs differ in, in the order they were given.
     *
     * @throws ConfigException naming the option, if there is no such setting or value
     */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> all = new ArrayList<>();
        if (!vary.isEmpty()) {
            all.addAll(combinations(VARY, vary));
        }
        for (String more : also) {
            all.addAll(combinations(ALSO, List.of(more.strip().split("\\s+"))));
        }
        return all;
    }

    private static List<Map<String, String>> combinations(String option, List<String> settings) {
        try {
            return Variation.combinations(
                    settings.stream().map(Variation::parse).toList());
        } catch (ConfigException e) {
            throw new ConfigException(option + " " + e.getMessage());
        }
    }
}
