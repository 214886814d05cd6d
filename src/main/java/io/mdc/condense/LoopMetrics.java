package io.mdc.condense;

/**
 * A line of {@code metrics.jsonl}: one inner loop.
 *
 * @param outer outer loop t, from 1
 * @param inner inner loop e, from 1
 * @param loss matching loss, mean over classes
 * @param baseLoss its base term
 * @param subsetLoss its subset term
 * @param trainLoss mean cross-entropy of the network on real images, null without training
 * @param seconds wall time
 */
public record LoopMetrics(
        int outer, int inner, double loss, double baseLoss, double subsetLoss, Double trainLoss, double seconds) {}
