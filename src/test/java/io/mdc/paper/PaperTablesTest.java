package io.mdc.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaperTablesTest {
    private static final String HEAD = "# a title\n# a place\n# a remark\n";
    private static final String COLUMNS = "dataset,ipc,method,size,value,deviation,cited,mark,note\n";

    private static PaperTable parse(String text) throws IOException {
        return PaperTables.parse(PaperId.TABLE_9, text);
    }

    private static String fault(String text) {
        return assertThrows(IllegalStateException.class, () -> parse(text)).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void everyTableCanBeRead(PaperId id) {
        PaperTable table = PaperTables.read(id);
        assertEquals(id, table.id());
        assertFalse(table.title().isEmpty());
        String number = id.name().substring(id.name().indexOf('_') + 1);
        assertTrue(table.place().matches("(Table|Figure) (?i:" + number + ");.+"), table.place());
    }

    @Test
    void everyFileIsATable() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/paper"))) {
            assertEquals(
                    Arrays.stream(PaperId.values()).map(PaperId::file).collect(Collectors.toSet()),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void aCellIsFoundByItsKey() {
        PaperTable table = PaperTables.read(PaperId.TABLE_9);
        PaperCell cell = table.cell("SVHN", "10", "A", "1").orElseThrow();
        assertEquals(new BigDecimal("68.50"), cell.value());
        assertEquals(Optional.of(new BigDecimal("0.9")), cell.deviation());
        assertTrue(cell.cited());
        assertEquals(Optional.empty(), table.cell("SVHN", "10", "A", "difference"));
        assertEquals(cell, table.rows().get(List.of("SVHN", "10", "A")).get("1"));
    }

    @Test
    void aLineIsACell() throws IOException {
        PaperTable table = parse(HEAD + COLUMNS + "S,10,A,1,+41.60,,false,inferred,from elsewhere\n");
        Map<String, String> key = Map.of("dataset", "S", "ipc", "10", "method", "A", "size", "1");
        PaperCell cell =
                new PaperCell(key, new BigDecimal("41.60"), Optional.empty(), false, Mark.INFERRED, "from elsewhere");
        assertEquals(new PaperTable(PaperId.TABLE_9, "a title", "a place", List.of("a remark"), table.cells()), table);
        assertEquals(List.of(cell), table.cells());
        assertEquals(List.copyOf(table.cells().get(0).key().keySet()), PaperId.TABLE_9.keys());
    }

    @ParameterizedTest
    @CsvSource({
        "'S,10,A,1,many,,true,,', no number",
        "'S,10,A,1,,,true,,', no number",
        "'S,10,A,1,5,?,true,,', no number",
        "'S,10,A,1,5,-1,true,,', a negative deviation: -1",
        "'S,10,A,1,5,,yes,,', neither true nor false",
        "'S,10,A,1,5,,true,odd,why', no such mark: odd",
        "'S,10,,1,5,,true,,', a key without value",
        "'S,10,A,1,5,,true,mismatch,', marked without a note",
        "'S,10,A,1,5,,true,', 8 columns",
        "'S,10,A,1,5,,true,,a,b', 10 columns",
        "'', columns"
    })
    void aFaultNamesTheLine(String line, String message) {
        String good = "S,10,A,2,5,0.1,true,,\n";
        String told = fault(HEAD + COLUMNS + good + line + "\n" + good);
        assertTrue(told.startsWith("table9.csv, line 6: ") && told.contains(message), told);
    }

    @Test
    void aCellGivenTwiceIsRefused() {
        String told = fault(HEAD + COLUMNS + "S,10,A,1,5,,true,,\nS,10,A,2,5,,true,,\nS,10,A,1,6,,true,,\n");
        assertEquals("table9.csv: given twice: {dataset=S, ipc=10, method=A, size=1}", told);
    }

    @Test
    void otherColumnsAreRefused() {
        assertTrue(
                fault(HEAD + COLUMNS.replace("method", "metric")).startsWith("table9.csv, line 4: the columns must"));
        assertTrue(fault(HEAD).contains("the columns must be"));
        assertTrue(fault("# a title\n" + COLUMNS).contains("title and place"));
        assertTrue(fault(HEAD + COLUMNS).contains("without cells"));
    }
}
