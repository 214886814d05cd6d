package io.mdc.cli;

import io.mdc.config.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say which runs a family has. */
final class FamilyOptions {
    @Option(
            names = "--vary",
            paramLabel = "NAME=VALUES",
            description =
                    "A run for every value of a setting, such as ipc=1-10 or metric=feature,gradient, below --out;"
                            + " given again, for every combination.")
    private List<String> vary = List.of();

    @Option(
            names = "--also",
            paramLabel = "NAMES",
            description = "More runs beside those of --vary: settings with values, separated by spaces, such as"
                    + " \"ipc=1 start-index=1-9\".")
    private List<String> also = List.of();

    boolean given() {
        return !vary.isEmpty() || !also.isEmpty();
    }

    /** What the runs differ in, in the order they were given. */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> all = new ArrayList<>();
        if (!vary.isEmpty()) {
            all.addAll(
                    Variation.combinations(vary.stream().map(Variation::parse).toList()));
        }
        for (String more : also) {
            all.addAll(Variation.combinations(
                    Stream.of(more.strip().split("\\s+")).map(Variation::parse).toList()));
        }
        return all;
    }
}
