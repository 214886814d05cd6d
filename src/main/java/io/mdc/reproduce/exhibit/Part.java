package io.mdc.reproduce.exhibit;

import io.mdc.paper.PaperId;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Setup;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rows of a table that are about one data set and number of images per class.
 *
 * @param id of the table
 * @param block data set and images per class
 * @param keys names of what tells its rows apart; copied
 * @param columns as the paper has them, sizes and others; copied
 * @param rows in the paper's order; copied
 */
public record Part(PaperId id, Block block, List<String> keys, List<String> columns, List<Row> rows) {
    /** Copies the lists. */
    public Part {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Whether a column is a size. */
    public static boolean isSize(String column) {
        return column.matches("\\d+");
    }

    /** The columns that are sizes; where there is none, all sizes that its averages are of. */
    public List<Integer> sizes() {
        List<Integer> sizes =
                columns.stream().filter(Part::isSize).map(Integer::valueOf).toList();
        return sizes.isEmpty() ? IntStream.rangeClosed(1, block.ipc()).boxed().toList() : sizes;
    }

    /** Where a source is measured, once for every seed. */
    List<Place> places(Setup setup, List<Integer> seeds) {
        return seeds.stream()
                .map(seed -> new Place(setup, block, seed, sizes()))
                .toList();
    }

    /** What the average of a row is compared with, if the paper does so. */
    Optional<Source> reference(Row row) {
        return TableRows.reference(id, row.key());
    }
}
