package io.mdc.paper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of the paper.
 *
 * @param id which one
 * @param title what it shows
 * @param place where it stands in the paper
 * @param remarks what is to be known of it; copied
 * @param cells in the paper's order; copied
 */
public record PaperTable(PaperId id, String title, String place, List<String> remarks, List<PaperCell> cells) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no cell, one has other keys than the table, or two have the same
     */
    public PaperTable {
        remarks = List.copyOf(remarks);
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException(id + " without cells");
        }
        Set<Map<String, String>> known = new HashSet<>();
        for (PaperCell cell : cells) {
            if (!List.copyOf(cell.key().keySet()).equals(id.keys())) {
                throw new IllegalArgumentException(cell.key() + ": the keys of " + id + " are " + id.keys());
            }
            if (!known.add(cell.key())) {
                throw new IllegalArgumentException("given twice: " + cell.key());
            }
        }
    }

    /**
     * The cell of a key, or nothing where the paper has none.
     *
     * @param key values in the order of {@link PaperId#keys()}
     */
    public Optional<PaperCell> cell(String... key) {
        List<String> wanted = List.of(key);
        return cells.stream()
                .filter(cell -> List.copyOf(cell.key().values()).equals(wanted))
                .findFirst();
    }

    /**
     * The cells as rows of columns, both in the paper's order.
     *
     * @return by the values of all keys but the last, the cells by the value of the last
     */
    public Map<List<String>, Map<String, PaperCell>> rows() {
        Map<List<String>, Map<String, PaperCell>> rows = new LinkedHashMap<>();
        for (PaperCell cell : cells) {
            List<String> row = new ArrayList<>(cell.key().values());
            String column = row.remove(row.size() - 1);
            rows.computeIfAbsent(List.copyOf(row), any -> new LinkedHashMap<>()).put(column, cell);
        }
        return rows;
    }
}
