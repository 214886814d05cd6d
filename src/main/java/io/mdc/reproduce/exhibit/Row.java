package io.mdc.reproduce.exhibit;

import java.util.List;
import java.util.Map;

/**
 * A row of a table.
 *
 * @param key values by the names of the table's own keys, as the paper has them
 * @param source where its figures come from
 * @param seeds of the runs
 */
record Row(Map<String, String> key, Source source, List<Integer> seeds) {
    Row {
        key = Map.copyOf(key);
        seeds = List.copyOf(seeds);
    }
}
