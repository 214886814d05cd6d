package io.mdc.reproduce.plan;

import io.mdc.config.RunConfig;
import io.mdc.network.NetworkChoice;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run with all that is asked of it.
 *
 * @param run to condense, or to join
 * @param networks trained on its prefixes, by name; none if it is not evaluated at its end; copied
 * @param sizes of the prefixes, ascending; copied
 */
public record Cell(PlannedRun run, List<NetworkChoice> networks, List<Integer> sizes) {
    /** Copies the lists, the sizes in their order. */
    public Cell {
        networks = List.copyOf(networks);
        sizes = sizes.stream().sorted().distinct().toList();
    }

    /** What two ask of one run. */
    Cell and(Cell other) {
        return new Cell(run, union(networks, other.networks), union(sizes, other.sizes));
    }

    private static <T> List<T> union(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /** The settings of the evaluation, of the data and of how it is computed, whatever the run was begun with. */
    public Layer evaluation() {
        Map<String, String> settings = new LinkedHashMap<>(Settings.texts(run.config()));
        settings.put("networks", words(networks));
        settings.put("sizes", words(sizes));
        return Layer.options(settings);
    }

    /** Values separated by commas, as settings have them. */
    public static String words(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** Whether all networks have been trained that are asked for. */
    public boolean isEvaluated(Findings findings) throws IOException {
        for (NetworkChoice network : networks) {
            for (int size : sizes) {
                if (findings.accuracies(run, network, size).size()
                        < run.config().evaluation().repeats()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Training images seen by networks, a rough measure of the work, for sharing it. */
    long work() {
        RunConfig config = run.config();
        int tiles = config.synthetic().factor() * config.synthetic().factor();
        long condensing = run.parts().isEmpty()
                ? config.loop().steps()
                        * (2L * config.matching().batchReal()
                                + 5L * tiles * config.synthetic().ipc())
                : 0;
        long evaluating = sizes.stream()
                .mapToLong(size -> 3L * config.evaluation().epochs().of(size * tiles) * size * tiles)
                .sum();
        return condensing + evaluating * networks.size() * config.evaluation().repeats();
    }
}
