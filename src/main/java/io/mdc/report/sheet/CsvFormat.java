package io.mdc.report.sheet;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Values separated by commas, the labels first, deviations and marks in columns of their own; a table with the columns
 * of the one before goes on with it, another follows after an empty line. Notes are left out.
 */
final class CsvFormat implements SheetFormat {
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    @Override
    public String write(List<Sheet> sheets) {
        StringBuilder text = new StringBuilder();
        List<String> last = List.of();
        for (Sheet sheet : sheets) {
            List<Integer> marked = marked(sheet, sheets);
            List<String> headings = headings(sheet, marked);
            if (!headings.equals(last)) {
                text.append(text.isEmpty() ? "" : "\n").append(lines(List.of(headings)));
                last = headings;
            }
            text.append(lines(
                    sheet.rows().stream().map(row -> cells(sheet, row, marked)).toList()));
        }
        return text.toString();
    }

    /** The columns with marks of a sheet, or of another with the same columns, which is to be one table with it. */
    private static List<Integer> marked(Sheet sheet, List<Sheet> sheets) {
        List<Sheet> alike = sheets.stream()
                .filter(other -> other.headings().equals(sheet.headings()))
                .toList();
        return IntStream.range(0, sheet.headings().size())
                .filter(column -> alike.stream().anyMatch(other -> other.hasMarks(column)))
                .boxed()
                .toList();
    }

    private static List<String> headings(Sheet sheet, List<Integer> marked) {
        List<String> headings = new ArrayList<>(sheet.labels().keySet());
        for (int column = 0; column < sheet.headings().size(); column++) {
            String heading = sheet.headings().get(column);
            headings.add(heading);
            if (sheet.hasDeviations(column)) {
                headings.add(heading + " std");
            }
            if (marked.contains(column)) {
                headings.add(heading + " mark");
            }
        }
        return headings;
    }

    private static List<String> cells(Sheet sheet, List<Entry> row, List<Integer> marked) {
        List<String> cells = new ArrayList<>(sheet.labels().values());
        for (int column = 0; column < row.size(); column++) {
            Entry entry = row.get(column);
            cells.add(entry.isNothing() ? "" : plain(entry.value()).orElse(entry.text()));
            if (sheet.hasDeviations(column)) {
                cells.add(plain(entry.deviation()).orElse(""));
            }
            if (marked.contains(column)) {
                cells.add(entry.mark());
            }
        }
        return cells;
    }

    private static Optional<String> plain(Optional<BigDecimal> number) {
        return number.map(BigDecimal::toPlainString);
    }

    private static String lines(List<List<String>> lines) {
        StringWriter text = new StringWriter();
        try (SequenceWriter writer = MAPPER.writer(CsvSchema.emptySchema()).writeValues(text)) {
            writer.writeAll(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
