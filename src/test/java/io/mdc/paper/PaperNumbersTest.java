package io.mdc.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of the paper agree with each other where they should: what was mistyped would not. */
class PaperNumbersTest {
    private static final double HAIR = 1e-9;

    private static Map<String, PaperCell> row(PaperId id, String... key) {
        Map<String, PaperCell> row = PaperTables.read(id).rows().get(List.of(key));
        assertTrue(row != null, () -> id + " has no " + List.of(key));
        return row;
    }

    /** Whether {@code expected}, rounded as the cell is, is the cell's value. */
    private static boolean follows(PaperCell cell, double expected) {
        double unit = Math.pow(10, -cell.value().scale());
        return Math.abs(cell.value().doubleValue() - expected) <= unit / 2 + HAIR;
    }

    @ParameterizedTest
    @EnumSource
    void exactlyTheMarkedCellsDoNotFollow(PaperId id) {
        PaperTable table = PaperTables.read(id);
        Set<Map<String, String>> marked = table.cells().stream()
                .filter(cell -> cell.mark() == Mark.MISMATCH)
                .map(PaperCell::key)
                .collect(Collectors.toSet());
        Set<Map<String, String>> odd = Derived.of(table).entrySet().stream()
                .filter(entry -> !follows(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getKey().key())
                .collect(Collectors.toSet());
        assertEquals(marked, odd);
    }

    @ParameterizedTest
    @EnumSource
    void everyAverageAndDifferenceIsComputedAgain(PaperId id) {
        PaperTable table = PaperTables.read(id);
        Set<PaperCell> derived = Derived.of(table).keySet();
        for (PaperCell cell : table.cells()) {
            boolean result = cell.key().containsValue("difference")
                    || (cell.key().containsValue("average") && id != PaperId.TABLE_6);
            assertTrue(!result || derived.contains(cell), () -> "not computed: " + cell);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TABLE_1A,138,6", "TABLE_1B,141,6", "TABLE_1C,54,2", "TABLE_2A,71,5", "TABLE_2B,95,5", "TABLE_2C,24,0",
        "TABLE_3,43,0", "TABLE_4,92,4", "TABLE_5,39,0", "TABLE_6,12,6", "TABLE_7,36,9", "TABLE_8,22,0",
        "TABLE_9,288,12", "TABLE_10,220,0", "TABLE_11,220,0", "TABLE_12,52,0", "FIGURE_4,4,0"
    })
    void noCellIsMissing(PaperId id, int cells, int differences) {
        PaperTable table = PaperTables.read(id);
        assertEquals(cells, table.cells().size());
        assertEquals(
                differences,
                table.cells().stream()
                        .filter(cell -> cell.key().containsValue("difference"))
                        .count());
    }

    @Test
    void table9IsTable1WithDeviations() {
        PaperTable whole = PaperTables.read(PaperId.TABLE_9);
        for (PaperId id : List.of(PaperId.TABLE_1A, PaperId.TABLE_1B)) {
            for (PaperCell cell : PaperTables.read(id).cells()) {
                PaperCell again =
                        whole.cell(cell.key().values().toArray(String[]::new)).orElseThrow();
                assertEquals(cell.value(), again.value(), () -> "" + cell.key());
                assertEquals(
                        cell.key().get("size").matches("\\d+"),
                        again.deviation().isPresent());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TABLE_2A, IDC, 10, C",
        "TABLE_2A, Ours, 10, Ours",
        "TABLE_2B, IDC, 50, C",
        "TABLE_2B, Ours, 50, Ours",
        "TABLE_3, false false false, 10, C",
        "TABLE_3, true true true, 10, Ours",
        "TABLE_5, Feature Distance, 10, Ours",
        "TABLE_6, 1, 10, Ours",
        "TABLE_8, IDC, 10, Ours",
        "TABLE_10, 2000, 10, Ours",
        "TABLE_12, false, 10, Ours",
        "TABLE_12, false, 50, Ours"
    })
    void aRowPrintedAgainIsTheSame(PaperId id, String row, String ipc, String method) {
        String[] keys = id == PaperId.TABLE_3 ? row.split(" ") : new String[] {row};
        String[] key = new String[keys.length + 2];
        key[0] = "CIFAR-10";
        key[1] = ipc;
        System.arraycopy(keys, 0, key, 2, keys.length);
        Map<String, PaperCell> first = row(PaperId.TABLE_9, "CIFAR-10", ipc, method);
        row(id, key).forEach((column, cell) -> {
            if (column.equals("average") || column.matches("\\d+")) {
                assertEquals(first.get(column).value(), cell.value(), column);
            }
        });
    }

    @Test
    void theLastAverageOfTable11IsTheBestRunOfTable6() {
        assertEquals(
                row(PaperId.TABLE_6, "CIFAR-10", "10", "5").get("average").value(),
                row(PaperId.TABLE_11, "CIFAR-10", "10", "2000").get("average").value());
    }

    /** Differences that sections 4.2 and 4.3 tell. */
    @ParameterizedTest
    @CsvSource({
        "TABLE_1A, SVHN, 10, Ours, C, 1, 27.78",
        "TABLE_1A, CIFAR-10, 10, Ours, C, 1, 22.17",
        "TABLE_1A, CIFAR-100, 10, Ours, C, 1, 13.20",
        "TABLE_1A, SVHN, 10, Ours, B, average, 5.37",
        "TABLE_1A, CIFAR-10, 10, Ours, B, average, 2.37",
        "TABLE_1A, CIFAR-100, 10, Ours, B, average, 5.41",
        "TABLE_2A, CIFAR-10, 10, Ours, DREAM, 1, 17.14",
        "TABLE_2B, CIFAR-10, 50, Ours, DREAM, 1, 20.26",
        "TABLE_2C, CIFAR-100, 20, Ours, LBS, average, 3.52"
    })
    void theTextTellsTheSame(
            PaperId id, String dataset, String ipc, String one, String other, String size, BigDecimal difference) {
        BigDecimal first = row(id, dataset, ipc, one).get(size).value();
        BigDecimal second = row(id, dataset, ipc, other).get(size).value();
        assertEquals(difference, first.subtract(second));
    }

    @Test
    void theTextTellsTheSameOfTheAblation() {
        Map<String, PaperCell> compared = row(PaperId.TABLE_3, "CIFAR-10", "10", "true", "false", "false");
        Map<String, PaperCell> notFrozen = row(PaperId.TABLE_3, "CIFAR-10", "10", "true", "true", "false");
        assertEquals(new BigDecimal("49.35"), compared.get("1").value());
        assertEquals(new BigDecimal("57.08"), compared.get("average").value());
        assertEquals(new BigDecimal("40.12"), notFrozen.get("1").value());
        assertEquals(new BigDecimal("58.08"), notFrozen.get("average").value());
    }
}
