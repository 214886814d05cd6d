package io.mdc.robust;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Cell;

/**
 * How a prefix compares for one network.
 *
 * @param network name of the architecture
 * @param width channels; null for a file
 * @param size stored images per class in the prefix
 * @param images training images after decoding, all classes together, and as many random ones
 * @param epochs of the training on either
 * @param last by accuracy after the last epoch
 * @param bestOfFour by the best of the accuracies after E/4, E/2, 3E/4 and E epochs; it is chosen on the test set
 */
public record RobustResult(
        String network,
        Integer width,
        int size,
        int images,
        int epochs,
        Figures last,
        @JsonProperty("best_of_four") Figures bestOfFour) {
    /** That of a cell. */
    public static RobustResult of(Cell cell, Rivals rivals) {
        return new RobustResult(
                cell.network().toString(),
                cell.width().isPresent() ? cell.width().getAsInt() : null,
                cell.size(),
                cell.images(),
                cell.epochs(),
                rivals.figures(Accuracies::last),
                rivals.figures(Accuracies::best));
    }
}
