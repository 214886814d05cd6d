package io.mdc.subset;

import io.mdc.objective.Outcome;
import io.mdc.tensor.Numbers;

/**
 * The matching distance itself (paper Table 5, "gradient distance"): {@code F(n) = d(g(S[n]), g(B))}, g being the
 * weight gradient of the mean loss.
 *
 * <p>The gradients of all prefixes are partial sums of those that the matching step computes anyway.
 */
public final class PrefixGradientDistance implements SubsetMetric {

    @Override
    public boolean needsDistances() {
        return true;
    }

    @Override
    public Numbers measure(Outcome outcome, int[] prefixEnds) {
        return outcome.measured();
    }
}
