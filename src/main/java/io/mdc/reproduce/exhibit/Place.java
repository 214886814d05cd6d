package io.mdc.reproduce.exhibit;

import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Setup;
import java.util.List;

/**
 * Where in a table, and in which run of several, something is measured.
 *
 * @param setup how runs are made
 * @param block data set and images per class
 * @param seed of the runs
 * @param sizes columns of the table, images per class; copied
 */
record Place(Setup setup, Block block, int seed, List<Integer> sizes) {
    Place {
        sizes = List.copyOf(sizes);
    }

    /** The run of a recipe. */
    PlannedRun run(Recipe recipe) {
        return setup.run(block, recipe, seed);
    }
}
