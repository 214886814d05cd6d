package io.mdc.objective;

import io.mdc.engine.step.ParameterSet;
import java.util.List;

/**
 * What is minimised over synthetic images S, given a network θ and real images B: {@code D(S, B; θ) + Σ w_m D(S[m], B;
 * θ)}, the sum being over prefixes of S, often one of weight 1 (paper Eq. 4) or none.
 *
 * <p>Not thread-safe; may keep memory for the sizes it has seen.
 */
public interface Objective {

    /**
     * Evaluates the objective and its gradient for several S and B, each with the bits that it has alone.
     *
     * @param theta weights of the network, read only
     * @param problems of different batches
     * @return losses and gradient of each; their arrays are overwritten by the next evaluation
     */
    List<Outcome> evaluate(ParameterSet theta, List<Problem> problems);

    /**
     * Evaluates the objective and its gradient for one S and B.
     *
     * @throws IllegalArgumentException if a prefix is larger than the synthetic batch
     */
    default Outcome evaluate(ParameterSet theta, Batches batches, Prefixes prefixes) {
        return evaluate(theta, List.of(new Problem(batches, prefixes))).get(0);
    }
}
