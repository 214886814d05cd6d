package io.mdc.objective;

/**
 * What one step sees.
 *
 * @param real images B
 * @param synthetic images S, those of any prefix of the stored images first
 */
public record Batches(RealBatch real, LabelledImages synthetic) {

    /** Batches of which nothing is remembered. */
    public Batches(LabelledImages real, LabelledImages synthetic) {
        this(RealBatch.of(real), synthetic);
    }
}
