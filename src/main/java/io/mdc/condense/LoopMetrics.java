package io.mdc.condense;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A line of {@code metrics.jsonl}: one inner loop.
 *
 * @param outer outer loop t, from 1
 * @param inner inner loop e, from 1
 * @param loss matching loss, mean over classes
 * @param baseLoss its base term
 * @param subsetLoss its subset term
 * @param trainLoss mean cross-entropy of the training of the network, on real images or, of {@code dc} and {@code dsa},
 *     on the condensed ones; null without training
 * @param seconds wall time
 */
public record LoopMetrics(
        int outer,
        int inner,
        double loss,
        @JsonProperty("base_loss") double baseLoss,
        @JsonProperty("subset_loss") double subsetLoss,
        @JsonProperty("train_loss") Double trainLoss,
        double seconds) {
    /** That of a loop whose classes two processes condensed: their shares of the losses together, the longer time. */
    public LoopMetrics together(LoopMetrics other) {
        return new LoopMetrics(
                outer,
                inner,
                loss + other.loss,
                baseLoss + other.baseLoss,
                subsetLoss + other.subsetLoss,
                trainLoss,
                Math.max(seconds, other.seconds));
    }
}
