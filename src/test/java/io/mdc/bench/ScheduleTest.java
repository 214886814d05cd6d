package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.base.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final double SECOND = 1e9;

    private static long[] seconds(String items) {
        return Arrays.stream(items.split(" "))
                .mapToLong(text -> (long) (Long.parseLong(text) * SECOND))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "1 1 1 1, 4, 4",
        "1 1 1 1, 8, 4",
        "1 1 1 1 1, 4, 2.5",
        "3 1 1 1, 2, 2",
        "1 1 1 3, 2, 1.5",
        "7, 16, 1",
    })
    void itemsGoToTheCoreThatIsFreeFirst(String items, int cores, double busy) {
        Schedule schedule = new Schedule(cores);
        long[] nanos = seconds(items);
        double all = Arrays.stream(nanos).sum() / SECOND;
        schedule.done(nanos, (long) (all * SECOND));
        assertEquals(busy, schedule.busy(all), 1e-9);
    }

    @Test
    void whatIsBetweenCallsIsOfOneCore() {
        Schedule schedule = new Schedule(4);
        schedule.done(seconds("1 1 1 1"), (long) (4 * SECOND));
        schedule.done(seconds("1 1"), (long) (2 * SECOND));
        // 8 seconds of work in 1 + 1 + 2
        assertEquals(2, schedule.busy(8), 1e-9);
        schedule.reset();
        assertEquals(1, schedule.busy(3), 1e-9);
    }

    @Test
    void theTimesOfATeamAreThoseOfItsItems() {
        long[][] told = new long[1][];
        long[] wall = new long[1];
        try (Workers workers = new Workers(2, (items, nanos) -> {
            told[0] = items;
            wall[0] = nanos;
        })) {
            workers.forEach(3, (item, worker) -> {
                long end = System.nanoTime() + (item + 1) * 2_000_000L;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            });
        }
        assertEquals(3, told[0].length);
        for (int item = 0; item < 3; item++) {
            assertEquals(true, told[0][item] >= (item + 1) * 2_000_000L, Arrays.toString(told[0]));
            assertEquals(true, wall[0] >= told[0][item]);
        }
    }
}
