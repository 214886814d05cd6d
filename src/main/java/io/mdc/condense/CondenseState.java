package io.mdc.condense;

import io.mdc.subset.AdaptiveSubset;
import java.util.List;

/**
 * All that a run needs to go on after an inner loop, as plain arrays.
 *
 * @param outer the present outer loop t, from 1
 * @param inner inner loops done in it, from 0 to E; after the end of the run 0, with t = T + 1
 * @param images {@code [classes·N, C, H, W]}
 * @param imageVelocity likewise
 * @param weights of the network, flat
 * @param weightVelocity likewise
 * @param subsets of the classes
 * @param selections lines of {@code mls.jsonl} so far
 */
public record CondenseState(
        int outer,
        int inner,
        float[] images,
        float[] imageVelocity,
        float[] weights,
        float[] weightVelocity,
        List<AdaptiveSubset.State> subsets,
        int selections) {}
