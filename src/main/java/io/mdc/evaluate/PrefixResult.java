package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How well one prefix trains one architecture.
 *
 * @param network name of the architecture
 * @param size stored images per class in the prefix
 * @param images training images after decoding, all classes together
 * @param epochs it was trained for
 * @param last accuracy after the last epoch
 * @param bestOfFour the best of the accuracies after E/4, E/2, 3E/4 and E epochs, which the authors report; it is
 *     chosen on the test set
 */
public record PrefixResult(
        String network,
        int size,
        int images,
        int epochs,
        Statistic last,
        @JsonProperty("best_of_four") Statistic bestOfFour) {}
