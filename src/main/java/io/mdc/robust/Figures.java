package io.mdc.robust;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.evaluate.Statistic;

/**
 * Accuracies of a prefix and of what it is compared with, and the scores that follow, each over all draws, in percent.
 *
 * @param real accuracy of the network trained on all real images
 * @param set of those trained on the prefix
 * @param random of those trained on random real images
 * @param setPlain of those trained on the prefix without augmentation
 * @param randomPlain of those trained on random real images without augmentation
 * @param hlr see {@link Scores#hlr}
 * @param ior see {@link Scores#ior}
 * @param lrs see {@link Scores#lrs}
 * @param ars see {@link Scores#ars}
 */
public record Figures(
        double real,
        Statistic set,
        Statistic random,
        @JsonProperty("set_plain") Statistic setPlain,
        @JsonProperty("random_plain") Statistic randomPlain,
        Statistic hlr,
        Statistic ior,
        Statistic lrs,
        Statistic ars) {}
