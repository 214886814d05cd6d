package io.mdc.objective;

import io.mdc.engine.step.ParameterSet;

/**
 * What is minimised over synthetic images S, given a network θ and real images B: {@code D(S, B; θ) + Σ w_m D(S[m], B;
 * θ)}, the sum being over prefixes of S, often one of weight 1 (paper Eq. 4) or none.
 *
 * <p>Not thread-safe; may keep memory for the sizes it has seen.
 */
public interface Objective {

    /**
     * Evaluates the objective and its gradient.
     *
     * @param theta weights of the network, read only
     * @param batches both batches, read only
     * @param prefixes which prefixes have a loss of their own, which images are frozen, and which prefixes are to be
     *     measured
     * @return losses and gradient; its arrays are overwritten by the next evaluation
     * @throws IllegalArgumentException if a prefix is larger than the synthetic batch
     */
    Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes);
}
