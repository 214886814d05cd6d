package io.mdc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    @Test
    void columnsLineUpAndNumbersAreOnTheRight() {
        String table = new Table("network", "size", "last")
                .row("convnet", 1, 30.84)
                .row("mlp", 10, "9.1 ± 0.3")
                .toString();
        assertEquals("""
                network  size       last
                -------  ----  ---------
                convnet     1       30.8
                mlp        10  9.1 ± 0.3
                """, table);
    }

    @Test
    void rowNeedsACellForEveryColumn() {
        Table table = new Table("a", "b");
        assertEquals(
                "1 cells for 2 columns",
                assertThrows(IllegalArgumentException.class, () -> table.row("x"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "400,0 s", "59499,59 s", "59500,1 min 00 s", "130000,2 min 10 s", "3900000,1 h 05 min"})
    void durationsHaveTwoUnits(long millis, String text) {
        assertEquals(text, Durations.text(Duration.ofMillis(millis)));
    }
}
