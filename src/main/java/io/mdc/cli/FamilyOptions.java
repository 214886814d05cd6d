package io.mdc.cli;

import io.mdc.config.Variation;
import io.mdc.setting.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
                            + " given again, for every combination. A value that is a list is in brackets, such as"
                            + " \"match=conv,[conv,classifier]\".")
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
            all.addAll(
                    combinations(VARY, () -> vary.stream().map(Variation::parse).toList()));
        }
        for (String more : also) {
            all.addAll(combinations(ALSO, () -> Variation.parseAll(more)));
        }
        return all;
    }

    private static List<Map<String, String>> combinations(String option, Supplier<List<Variation>> given) {
        try {
            return Variation.combinations(given.get());
        } catch (ConfigException e) {
            throw new ConfigException(option + " " + e.getMessage());
        }
    }
}
