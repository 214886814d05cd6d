package io.mdc.paper;

import java.util.List;
import java.util.Locale;

/** The paper's tables, and the figures whose numbers its text tells. */
public enum PaperId {
    /** Three baselines and the method, target of ten images per class. */
    TABLE_1A("method", "size"),
    /** The same for fifty. */
    TABLE_1B("method", "size"),
    /** The same for twenty on ImageNet-10. */
    TABLE_1C("method", "size"),
    /** Other methods of condensation, ten images per class. */
    TABLE_2A("method", "size"),
    /** The same for fifty. */
    TABLE_2B("method", "size"),
    /** Slimmable dataset condensation. */
    TABLE_2C("method", "size"),
    /** Components of the method taken away. */
    TABLE_3("calculate", "compare", "freeze", "size"),
    /** Other networks are trained on the images. */
    TABLE_4("network", "method", "size"),
    /** Metrics that subsets are selected by. */
    TABLE_5("metric", "size"),
    /** Several condensations of the same setting. */
    TABLE_6("run", "size"),
    /** Feature distances without the subset loss. */
    TABLE_7("loop", "size"),
    /** Base methods below the method. */
    TABLE_8("base", "size"),
    /** Tables 1a and 1b with standard deviations. */
    TABLE_9("method", "size"),
    /** Accuracies in the course of a run. */
    TABLE_10("loop", "size"),
    /** The same of another run. */
    TABLE_11("loop", "size"),
    /** Subsets selected for each class. */
    TABLE_12("classwise", "size"),
    /** Hours of condensing. */
    FIGURE_4("method", "quantity");

    private final String keys;

    PaperId(String... own) {
        keys = "dataset,ipc," + String.join(",", own);
    }

    /** Names of the columns that tell a cell from the others, the last of them what the paper has side by side. */
    public List<String> keys() {
        return List.of(keys.split(","));
    }

    /** Name of the file, such as {@code table1a.csv}. */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace("_", "") + ".csv";
    }
}
