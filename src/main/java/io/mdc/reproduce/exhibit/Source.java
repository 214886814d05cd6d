package io.mdc.reproduce.exhibit;

import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import java.io.IOException;
import java.util.List;

/** Where the figures of a row come from. */
interface Source {
    /** What has to be there for it. */
    List<Need> needs(Place place);

    /**
     * The figures of a column as far as they are there: accuracies in percent, one per network trained, or what else
     * the table shows.
     *
     * @param size images per class
     * @param findings what runs have left
     */
    List<Double> figures(Place place, int size, Findings findings) throws IOException;

    /** Whether its figures are accuracies of networks. */
    default boolean isOfAccuracies() {
        return true;
    }

    /** Why there will never be anything; empty if there can be. */
    default String missing() {
        return "";
    }

    /** What is other than in the paper; may be empty. */
    default String remark(Place place) {
        return "";
    }
}
