package io.mdc.objective;

/**
 * What one step sees.
 *
 * @param real images B
 * @param synthetic images S, those of any prefix of the stored images first
 */
public record Batches(LabelledImages real, LabelledImages synthetic) {}
