package io.mdc.paper;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the tables of the paper from the files that come with the program. */
public final class PaperTables {
    private static final String FOLDER = "/paper/";
    private static final String REMARK = "#";
    private static final List<String> VALUES = List.of("value", "deviation", "cited", "mark", "note");

    private static final ObjectReader LINES =
            new CsvMapper().readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private PaperTables() {}

    /**
     * The table of an id.
     *
     * @throws IllegalStateException if its file is not one of such a table, which is a fault of the program
     */
    public static PaperTable read(PaperId id) {
        try (InputStream in = PaperTables.class.getResourceAsStream(FOLDER + id.file())) {
            if (in == null) {
                throw new IllegalStateException("no file " + id.file());
            }
            return parse(id, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table that {@code text} says. */
    static PaperTable parse(PaperId id, String text) throws IOException {
        List<String> head = text.lines()
                .takeWhile(line -> line.startsWith(REMARK))
                .map(line -> line.substring(REMARK.length()).strip())
                .toList();
        if (head.size() < 2) {
            throw fault(id, 1, "title and place are missing", null);
        }
        List<List<String>> lines = lines(text.lines().skip(head.size()).toList());
        List<String> columns =
                Stream.concat(id.keys().stream(), VALUES.stream()).toList();
        if (lines.isEmpty() || !lines.get(0).equals(columns)) {
            throw fault(id, head.size() + 1, "the columns must be " + columns, null);
        }
        List<PaperCell> cells = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                cells.add(cell(id.keys(), lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw fault(id, head.size() + 1 + i, e.getMessage(), e);
            }
        }
        try {
            return new PaperTable(id, head.get(0), head.get(1), head.subList(2, head.size()), cells);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(id.file() + ": " + e.getMessage(), e);
        }
    }

    private static List<List<String>> lines(List<String> lines) throws IOException {
        try (MappingIterator<List<String>> values = LINES.readValues(String.join("\n", lines))) {
            return values.readAll();
        }
    }

    private static PaperCell cell(List<String> keys, List<String> line) {
        if (line.size() != keys.size() + VALUES.size()) {
            throw new IllegalArgumentException(line.size() + " columns");
        }
        Map<String, String> key = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            key.put(keys.get(i), line.get(i));
        }
        List<String> values = line.subList(keys.size(), line.size());
        return new PaperCell(
                key,
                number(values.get(0)),
                values.get(1).isEmpty() ? Optional.empty() : Optional.of(number(values.get(1))),
                truth(values.get(2)),
                Mark.of(values.get(3)),
                values.get(4));
    }

    private static BigDecimal number(String word) {
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no number: '" + word + "'", e);
        }
    }

    private static boolean truth(String word) {
        if (!word.equals("true") && !word.equals("false")) {
            throw new IllegalArgumentException("neither true nor false: '" + word + "'");
        }
        return word.equals("true");
    }

    private static IllegalStateException fault(PaperId id, int line, String message, Exception cause) {
        return new IllegalStateException(id.file() + ", line " + line + ": " + message, cause);
    }
}
