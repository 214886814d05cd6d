package io.mdc.reproduce.exhibit;

import io.mdc.method.Method;
import io.mdc.paper.PaperId;
import io.mdc.reproduce.exhibit.Sources.Distances.Quantity;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.TextForm;
import io.mdc.subset.Freezing;
import io.mdc.subset.Metric;
import io.mdc.subset.Selection;
import io.mdc.task.SubsetLoss;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the rows of the paper's tables are measured on. */
final class TableRows {
    static final Recipe OURS = Recipe.of(Method.MDC);
    static final Recipe IDC = Recipe.of(Method.IDC);
    private static final int RUNS_OF_TABLE_6 = 5;

    private TableRows() {}

    /**
     * A row of a table.
     *
     * @param key values by the names of the table's own keys
     */
    static Row of(PaperId id, Map<String, String> key, Setup setup) {
        Source source =
                switch (id) {
                    case TABLE_1A, TABLE_1B, TABLE_1C, TABLE_9 -> compared(key.get("method"), "");
                    case TABLE_2A, TABLE_2B, TABLE_2C -> method(key.get("method"));
                    case TABLE_3 -> new Sources.Prefixes(ablation(key));
                    case TABLE_4 -> compared(key.get("method"), key.get("network"));
                    case TABLE_5 -> new Sources.Prefixes(metric(key.get("metric")));
                    case TABLE_6 -> new Sources.Prefixes(OURS);
                    case TABLE_7 -> new Sources.Distances(withoutLoss(), quantity(key.get("loop")));
                    case TABLE_8 -> new Sources.Prefixes(base(key.get("base")));
                    case TABLE_10, TABLE_11 -> new Sources.During(OURS, Integer.parseInt(key.get("loop")));
                    case TABLE_12 -> new Sources.Prefixes(classWise(Boolean.parseBoolean(key.get("classwise"))));
                    case FIGURE_4 -> throw new IllegalArgumentException("no rows: " + id);
                };
        return new Row(key, source, seeds(id, key, setup));
    }

    /** What averages of a table are compared with. */
    static Optional<Source> reference(PaperId id, Map<String, String> key) {
        return switch (id) {
            case TABLE_1A, TABLE_1B, TABLE_1C, TABLE_9, TABLE_6 -> Optional.of(new Sources.Prefixes(IDC));
            case TABLE_4 -> Optional.of(new Sources.Prefixes(IDC, key.get("network")));
            case TABLE_2A, TABLE_2B -> Optional.of(new Sources.Prefixes(OURS));
            default -> Optional.empty();
        };
    }

    /** Whether the paper itself tells runs of a table apart, so that there are not as many as are asked for. */
    static boolean hasOwnSeeds(PaperId id) {
        return switch (id) {
            case TABLE_6, TABLE_7, TABLE_10, TABLE_11 -> true;
            default -> false;
        };
    }

    private static List<Integer> seeds(PaperId id, Map<String, String> key, Setup setup) {
        return switch (id) {
            case TABLE_6 ->
                key.get("run").equals("average")
                        ? IntStream.range(0, RUNS_OF_TABLE_6).boxed().toList()
                        : List.of(Integer.parseInt(key.get("run")) - 1);
            case TABLE_7, TABLE_10 -> List.of(0);
            case TABLE_11 -> List.of(1);
            default -> setup.everySeed();
        };
    }

    private static Source compared(String method, String network) {
        return switch (method) {
            case "A" -> new Sources.Apart(IDC, network);
            case "B" -> new Sources.Joined(IDC, network);
            case "C" -> new Sources.Prefixes(IDC, network);
            case "Ours" -> new Sources.Prefixes(OURS, network);
            default -> throw new IllegalArgumentException(method);
        };
    }

    private static Source method(String name) {
        if (name.equals("LFS") || name.equals("LBS")) {
            return new Sources.Unpublished(name + ": its authors have published no program");
        }
        return new Sources.Prefixes(
                name.equals("Ours")
                        ? OURS
                        : Recipe.of(TextForm.parseConstant(Method.class, name.toLowerCase(Locale.ROOT))));
    }

    private static Recipe ablation(Map<String, String> key) {
        if (!Boolean.parseBoolean(key.get("calculate"))) {
            return IDC;
        }
        Recipe recipe = OURS;
        if (!Boolean.parseBoolean(key.get("compare"))) {
            recipe = recipe.with("selection", Selection.DISTANCE);
        }
        return Boolean.parseBoolean(key.get("freeze")) ? recipe : recipe.with("freezing", Freezing.NONE);
    }

    private static Recipe metric(String name) {
        return switch (name) {
            case "Feature Distance" -> OURS;
            case "Gradient Distance" -> OURS.with("metric", Metric.GRADIENT);
            case "Accuracy Difference" -> OURS.with("metric", Metric.ACCURACY);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Recipe withoutLoss() {
        return OURS.with("subset-scale", 0).with("freezing", Freezing.NONE);
    }

    private static Quantity quantity(String loop) {
        return switch (loop) {
            case "1" -> Quantity.FIRST;
            case "difference" -> Quantity.DIFFERENCE;
            case "rate" -> Quantity.RATE;
            default -> Quantity.LATER;
        };
    }

    private static Recipe base(String name) {
        return name.equals("IDC") ? OURS : Recipe.of(Method.DREAM).with("subset", SubsetLoss.ADAPTIVE);
    }

    private static Recipe classWise(boolean classWise) {
        return classWise ? OURS.with("class-wise", true) : OURS;
    }
}
