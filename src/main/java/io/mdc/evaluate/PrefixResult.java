package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;

/**
 * How well one prefix trains one architecture.
 *
 * @param network name of the architecture
 * @param width channels, see {@link io.mdc.network.Architecture#width}; null for a file
 * @param size stored images per class in the prefix
 * @param images training images after decoding, all classes together
 * @param epochs it was trained for
 * @param protocol place, from 0, of the protocol in the evaluation
 * @param last accuracy after the last epoch
 * @param bestOfFour the best of the accuracies after E/4, E/2, 3E/4 and E epochs, which the authors report; it is
 *     chosen on the test set
 */
public record PrefixResult(
        String network,
        Integer width,
        int size,
        int images,
        int epochs,
        int protocol,
        Statistic last,
        @JsonProperty("best_of_four") Statistic bestOfFour) {

    /** By protocol, network, and ascending size; equal for results of the same cell under the same protocol. */
    static final Comparator<PrefixResult> BY_CELL = Comparator.comparingInt(PrefixResult::protocol)
            .thenComparing(PrefixResult::network)
            .thenComparingInt(PrefixResult::size)
            .thenComparing(PrefixResult::width, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingInt(PrefixResult::images)
            .thenComparingInt(PrefixResult::epochs);

    /** The result of at least one run. */
    static PrefixResult of(Cell cell, int protocol, List<Accuracies> runs) {
        return new PrefixResult(
                cell.network().toString(),
                cell.width().isPresent() ? cell.width().getAsInt() : null,
                cell.size(),
                cell.images(),
                cell.epochs(),
                protocol,
                Statistic.of(runs.stream().map(Accuracies::last).toList()),
                Statistic.of(runs.stream().map(Accuracies::best).toList()));
    }

    /** The same result, with its protocol at another place. */
    PrefixResult under(int other) {
        return new PrefixResult(network, width, size, images, epochs, other, last, bestOfFour);
    }
}
