package io.mdc.reproduce;

import io.mdc.paper.PaperCell;
import io.mdc.paper.PaperId;
import io.mdc.paper.PaperTable;
import io.mdc.paper.PaperTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of the paper.
 *
 * @param id which one
 */
record TableContent(PaperId id) implements Content {
    /** Keys that all tables begin with: data set and images per class. */
    private static final int COMMON = 2;

    /** The paper's numbers. */
    PaperTable paper() {
        return PaperTables.read(id);
    }

    /** As people write it, such as {@code Table 1a}. */
    String name() {
        return "Table " + id.name().substring("TABLE_".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return paper().title() + " (" + paper().place() + ")";
    }

    @Override
    public List<Need> needs(Setup setup) {
        List<Need> needs = new ArrayList<>();
        for (Part part : parts(setup)) {
            for (Row row : part.rows()) {
                Stream.concat(Stream.of(row.source()), part.reference(row).stream())
                        .forEach(source ->
                                part.places(setup, row.seeds()).forEach(place -> needs.addAll(source.needs(place))));
            }
        }
        return needs;
    }

    /** Its parts that are of the data set asked for. */
    List<Part> parts(Setup setup) {
        Map<Block, List<List<String>>> rows = new LinkedHashMap<>();
        Map<List<String>, Map<String, PaperCell>> all = paper().rows();
        all.keySet().forEach(key -> rows.computeIfAbsent(
                        new Block(key.get(0), Integer.parseInt(key.get(1))), block -> new ArrayList<>())
                .add(key));
        List<String> keys = id.keys().subList(COMMON, id.keys().size() - 1);
        return setup.chosen(List.copyOf(rows.keySet())).stream()
                .map(block -> {
                    Set<String> columns = new LinkedHashSet<>();
                    rows.get(block).forEach(key -> columns.addAll(all.get(key).keySet()));
                    return new Part(
                            id,
                            block,
                            keys,
                            List.copyOf(columns),
                            rows.get(block).stream()
                                    .map(key -> TableRows.of(id, named(keys, key), setup))
                                    .toList());
                })
                .toList();
    }

    private static Map<String, String> named(List<String> keys, List<String> row) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            named.put(keys.get(i), row.get(COMMON + i));
        }
        return named;
    }
}
