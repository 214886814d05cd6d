package io.mdc.reproduce.plan;

import io.mdc.network.NetworkChoice;
import java.util.List;
import java.util.Optional;

/**
 * What a row asks of a run.
 *
 * @param run the run
 * @param network trained on its prefixes; empty if only what it leaves by itself is asked for
 * @param sizes of the prefixes; copied
 */
public record Need(PlannedRun run, Optional<NetworkChoice> network, List<Integer> sizes) {
    /** Copies the list. */
    public Need {
        sizes = List.copyOf(sizes);
    }
}
