package io.mdc.report.sheet;

import io.mdc.base.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object per table: its labels, an object per row by heading, with the marks of its entries if there are any, and
 * the note.
 */
final class JsonFormat implements SheetFormat {
    @Override
    public String write(List<Sheet> sheets) {
        return Json.text(sheets.stream().map(JsonFormat::table).toList());
    }

    private static Map<String, Object> table(Sheet sheet) {
        Map<String, Object> table = new LinkedHashMap<>(sheet.labels());
        table.put("rows", sheet.rows().stream().map(row -> row(sheet, row)).toList());
        table.put("note", sheet.note());
        return table;
    }

    private static Map<String, Object> row(Sheet sheet, List<Entry> entries) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 0; column < entries.size(); column++) {
            row.put(sheet.headings().get(column), value(entries.get(column), sheet.hasDeviations(column)));
        }
        Map<String, String> marks = new LinkedHashMap<>();
        for (int column = 0; column < entries.size(); column++) {
            if (!entries.get(column).mark().isEmpty()) {
                marks.put(sheet.headings().get(column), entries.get(column).mark());
            }
        }
        if (!marks.isEmpty()) {
            row.put("marks", marks);
        }
        return row;
    }

    private static Object value(Entry entry, boolean withDeviation) {
        if (entry.isNothing()) {
            return null;
        } else if (entry.value().isEmpty()) {
            return entry.text();
        } else if (!withDeviation) {
            return entry.value().get();
        }
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("mean", entry.value().get());
        figure.put("std", entry.deviation().orElse(null));
        return figure;
    }
}
