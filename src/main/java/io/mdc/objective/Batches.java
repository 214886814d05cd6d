package io.mdc.objective;

import io.mdc.tensor.Tensor;
import java.util.Optional;

/**
 * What one step sees.
 *
 * @param real images B
 * @param synthetic images S, those of any prefix of the stored images first
 * @param gradient where the gradient of the synthetic images goes; empty for memory of the objective's own
 */
public record Batches(RealBatch real, LabelledImages synthetic, Optional<Tensor> gradient) {

    /** Batches whose gradient goes to memory of the objective's own. */
    public Batches(RealBatch real, LabelledImages synthetic) {
        this(real, synthetic, Optional.empty());
    }

    /** Batches of which nothing is remembered. */
    public Batches(LabelledImages real, LabelledImages synthetic) {
        this(RealBatch.of(real), synthetic);
    }
}
