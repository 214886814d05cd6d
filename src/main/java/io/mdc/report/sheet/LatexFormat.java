package io.mdc.report.sheet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code tabular} environments without packages; titles and notes are comments. */
final class LatexFormat implements SheetFormat {
    private static final Map<Integer, String> ESCAPES = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '<', "\\textless{}"),
            Map.entry((int) '>', "\\textgreater{}"),
            Map.entry((int) '|', "\\textbar{}"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '±', "$\\pm$"));

    @Override
    public String write(List<Sheet> sheets) {
        return sheets.stream().map(LatexFormat::write).collect(Collectors.joining("\n"));
    }

    private static String write(Sheet sheet) {
        String title = sheet.title();
        String columns = IntStream.range(0, sheet.headings().size())
                .mapToObj(i -> sheet.isNumeric(i) ? "r" : "l")
                .collect(Collectors.joining());
        String rows = sheet.rows().stream()
                .map(row -> line(row.stream().map(LatexFormat::cell)))
                .collect(Collectors.joining());
        return (title.isEmpty() ? "" : "% " + title + "\n")
                + "\\begin{tabular}{" + columns + "}\n\\hline\n"
                + line(sheet.headings().stream().map(LatexFormat::escaped))
                + "\\hline\n" + rows + "\\hline\n\\end{tabular}\n"
                + "% " + sheet.note() + "\n";
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    /** A hyphen before a number is a minus. */
    private static String cell(Entry entry) {
        String text = escaped(entry.text());
        return entry.value().isPresent() && text.startsWith("-") ? "$-$" + text.substring(1) : text;
    }

    private static String escaped(String text) {
        return text.codePoints()
                .mapToObj(c -> ESCAPES.getOrDefault(c, Character.toString(c)))
                .collect(Collectors.joining());
    }
}
