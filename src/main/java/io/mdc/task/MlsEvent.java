package io.mdc.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.subset.AdaptiveSubset;
import java.util.Arrays;
import java.util.List;

/**
 * A line of {@code mls.jsonl}: one selection of the most learnable subset.
 *
 * @param outer the outer loop after which it was made
 * @param label the class it is for, null if for all
 * @param selected n*, in stored images
 * @param frozen leading stored images that rest until the next selection
 * @param distance mean measurement of every prefix, F(1) … F(N − 1)
 * @param rate of change of every prefix, null at the first selection and for rules without one
 */
public record MlsEvent(
        int outer,
        @JsonProperty("class") Integer label,
        int selected,
        int frozen,
        List<Double> distance,
        List<Double> rate) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a number is not one that a selection has
     */
    public MlsEvent {
        if (outer < 0 || selected < 0 || frozen < 0 || (label != null && label < 0)) {
            throw new IllegalArgumentException("no selection: after outer loop " + outer + ", class " + label + ", "
                    + selected + " images, " + frozen + " frozen");
        }
        distance = List.copyOf(distance);
        rate = rate == null ? null : List.copyOf(rate);
    }

    private static List<Double> list(double[] values) {
        return values == null ? null : Arrays.stream(values).boxed().toList();
    }

    /**
     * That of a selection.
     *
     * @param label of the class whose subset it is; null for that of all
     */
    public static MlsEvent of(AdaptiveSubset.Event event, Integer label) {
        return new MlsEvent(
                event.outer(), label, event.selected(), event.frozen(), list(event.distance()), list(event.rate()));
    }
}
