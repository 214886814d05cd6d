package io.mdc.report.sheet;

import io.mdc.report.Table;
import java.util.List;
import java.util.stream.Collectors;

/** For a terminal: columns that line up. */
final class TextFormat implements SheetFormat {
    @Override
    public String write(List<Sheet> sheets) {
        return sheets.stream().map(TextFormat::write).collect(Collectors.joining("\n"));
    }

    private static String write(Sheet sheet) {
        Table table = new Table(sheet.headings().toArray(String[]::new));
        sheet.rows().forEach(row -> table.row(row.stream().map(Entry::text).toArray()));
        String title = sheet.title();
        return (title.isEmpty() ? "" : title + ":\n") + table + sheet.note() + "\n";
    }
}
