package io.mdc.page;

import java.util.List;

/** Shapes that tell lines apart without colour. */
final class Marks {
    /** Moves relative to the centre. */
    private static final List<String> SHAPES = List.of(
            "m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
            "m-3-3h6v6h-6z",
            "m0-4.2l4.2 4.2l-4.2 4.2l-4.2-4.2z",
            "m0-4l4 7h-8z",
            "m-3.5-1.2h2.3v-2.3h2.4v2.3h2.3v2.4h-2.3v2.3h-2.4v-2.3h-2.3z",
            "m0 4l4-7h-8z");

    private Marks() {}

    /** The mark of kind {@code kind}, which repeat, at a place. */
    static String path(int kind, double x, double y) {
        return "M" + ChartLayout.number(x) + " " + ChartLayout.number(y) + SHAPES.get(kind % SHAPES.size());
    }
}
