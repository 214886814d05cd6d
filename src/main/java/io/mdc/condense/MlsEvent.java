package io.mdc.condense;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.subset.AdaptiveSubset;

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
        int outer, @JsonProperty("class") Integer label, int selected, int frozen, double[] distance, double[] rate) {

    static MlsEvent of(AdaptiveSubset.Event event, Integer label) {
        return new MlsEvent(event.outer(), label, event.selected(), event.frozen(), event.distance(), event.rate());
    }
}
