package io.mdc.reproduce.exhibit;

import io.mdc.paper.PaperId;
import io.mdc.paper.PaperTable;
import io.mdc.paper.PaperTables;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.Setup;
import java.io.IOException;
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
public record TableContent(PaperId id) implements Content {
    /** Keys that all tables begin with: data set and images per class. */
    public static final int COMMON = 2;

    /** The paper's numbers. */
    public PaperTable paper() {
        return PaperTables.read(id);
    }

    /** As people write it, such as {@code Table 1a}. */
    public String name() {
        return "Table " + id.name().substring("TABLE_".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Need> needs(Setup setup) {
        return needs(setup, parts(setup));
    }

    @Override
    public List<Sheet> sheets(Setup setup, Findings findings) throws IOException {
        PaperSheets sheets = new PaperSheets(this, setup, findings);
        List<Sheet> all = new ArrayList<>();
        for (Part part : parts(setup)) {
            all.add(sheets.sheet(part));
        }
        return all;
    }

    @Override
    public boolean hasOwnSeeds() {
        return TableRows.hasOwnSeeds(id);
    }

    /** What some of its parts need. */
    List<Need> needs(Setup setup, List<Part> parts) {
        List<Need> needs = new ArrayList<>();
        for (Part part : parts) {
            for (Row row : part.rows()) {
                Stream.concat(Stream.of(row.source()), part.reference(row).stream())
                        .forEach(source ->
                                part.places(setup, row.seeds()).forEach(place -> needs.addAll(source.needs(place))));
            }
        }
        return needs;
    }

    /** Its parts that are of the data set asked for. */
    public List<Part> parts(Setup setup) {
        return setup.chosen(blocks()).stream().map(block -> part(setup, block)).toList();
    }

    /** The data sets and numbers of images per class that it has rows of. */
    public List<Block> blocks() {
        return paper().rows().keySet().stream()
                .map(TableContent::block)
                .distinct()
                .toList();
    }

    /** The part of a data set and number of images per class. */
    public Part part(Setup setup, Block block) {
        List<String> keys = id.keys().subList(COMMON, id.keys().size() - 1);
        Set<String> columns = new LinkedHashSet<>();
        List<Row> rows = new ArrayList<>();
        paper().rows().forEach((key, cells) -> {
            if (block(key).equals(block)) {
                columns.addAll(cells.keySet());
                rows.add(TableRows.of(id, named(keys, key), setup));
            }
        });
        return new Part(id, block, keys, List.copyOf(columns), rows);
    }

    /** What a row is about. */
    public static Block block(List<String> key) {
        return new Block(key.get(0), Integer.parseInt(key.get(1)));
    }

    private static Map<String, String> named(List<String> keys, List<String> row) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            named.put(keys.get(i), row.get(COMMON + i));
        }
        return named;
    }
}
