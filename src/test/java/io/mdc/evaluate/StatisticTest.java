package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class StatisticTest {
    @Test
    void theDeviationIsThePopulations() {
        Statistic statistic = Statistic.of(List.of(50.0, 53.0, 56.0, 61.0));
        assertEquals(55, statistic.mean(), 1e-12);
        assertEquals(Math.sqrt((25 + 4 + 1 + 36) / 4.0), statistic.std(), 1e-12);
        assertEquals(List.of(50.0, 53.0, 56.0, 61.0), statistic.runs());
    }

    @Test
    void oneRunDoesNotDeviate() {
        assertEquals(new Statistic(42.5, 0, List.of(42.5)), Statistic.of(List.of(42.5)));
    }

    @Test
    void runsAreCopied() {
        List<Double> runs = new ArrayList<>(List.of(1.0));
        Statistic statistic = Statistic.of(runs);
        runs.set(0, 2.0);
        assertEquals(List.of(1.0), statistic.runs());
    }

    @Test
    void noRunsHaveNoStatistic() {
        assertThrows(NoSuchElementException.class, () -> Statistic.of(List.of()));
    }
}
