package io.mdc.report.sheet;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables with pipes; titles and notes are paragraphs. */
final class MarkdownFormat implements SheetFormat {
    @Override
    public String write(List<Sheet> sheets) {
        return sheets.stream().map(MarkdownFormat::write).collect(Collectors.joining("\n"));
    }

    private static String write(Sheet sheet) {
        String title = sheet.title();
        Stream<String> rule =
                IntStream.range(0, sheet.headings().size()).mapToObj(i -> sheet.isNumeric(i) ? "---:" : "---");
        String rows = sheet.rows().stream()
                .map(row -> line(row.stream().map(entry -> escaped(entry.text()))))
                .collect(Collectors.joining());
        return (title.isEmpty() ? "" : "**" + escaped(title) + "**\n\n")
                + line(sheet.headings().stream().map(MarkdownFormat::escaped))
                + line(rule)
                + rows
                + "\n"
                + escaped(sheet.note())
                + "\n";
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_|<>\\[\\]]", "\\\\$0");
    }
}
