package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000;

    private static Work alone(long seconds) {
        return new Work(List.of(new Work.Stage(seconds * SECOND, List.of())));
    }

    private static Work.Stage stage(long seconds, Work... parts) {
        return new Work.Stage(seconds * SECOND, List.of(parts));
    }

    private static Work.Stage parts(String seconds) {
        return new Work.Stage(
                0,
                Arrays.stream(seconds.split(" "))
                        .map(part -> alone(Long.parseLong(part)))
                        .toList());
    }

    private static Work work(Work.Stage... stages) {
        return new Work(List.of(stages));
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
    void partsGoToTheCoreThatIsFreeFirst(String items, int cores, double busy) {
        assertEquals(busy, Schedule.busy(cores, work(parts(items))), 1e-9);
    }

    @Test
    void aStageBeginsWhenTheOneBeforeItIsDone() {
        Work three = work(stage(2), parts("1 1 1 1"), parts("1 1"), stage(1));
        assertEquals(9 * SECOND, three.nanos());
        assertEquals(5 * SECOND, Schedule.nanos(4, three));
        assertEquals(9 * SECOND, Schedule.nanos(1, three));
        assertEquals(0, Schedule.nanos(3, alone(0)));
    }

    /** Two parts with pieces: cores without a part of their own help. */
    @Test
    void freeCoresHelpWithPieces() {
        Work split = work(parts("1 1 1 1"), stage(1));
        Work both = work(stage(0, split, split));
        assertEquals(10 * SECOND, both.nanos());
        assertEquals(5 * SECOND, Schedule.nanos(2, both));
        assertEquals(4 * SECOND, Schedule.nanos(3, both));
        assertEquals(2 * SECOND, Schedule.nanos(8, both));
    }

    @Test
    void whoWaitsForTheLastPartHelpsWithIt() {
        Work last = work(stage(2), parts("1 1 1 1"));
        Work all = work(stage(0, alone(1), alone(1), last), stage(1));
        // the third part begins at 1 on one of two cores, is alone until 3 and then helped by the owner
        assertEquals(6 * SECOND, Schedule.nanos(2, all));
        assertEquals(9 * SECOND, Schedule.nanos(1, all));
    }

    @Test
    void partsComeBeforePiecesOfThem() {
        Work split = work(parts("1 1"), stage(3));
        // one core has the split part, the other does the other parts before it would help
        Work all = work(stage(0, split, alone(2), alone(2)));
        assertEquals(5 * SECOND, Schedule.nanos(2, all));
    }

    @Test
    void theWorkOfATeamIsRecorded() {
        Recorder recorder = new Recorder();
        try (Workers workers = new Workers(16, recorder)) {
            Work work = recorder.of(() -> {
                spin(3);
                workers.forEach(3, (item, worker) -> {
                    spin(item + 1);
                    Workers.split(2, (from, to) -> spin(1));
                });
                spin(1);
            });
            assertEquals(2, work.stages().size());
            assertTrue(work.stages().get(0).nanos() >= 3_000_000L);
            assertTrue(work.stages().get(1).nanos() >= 1_000_000L);
            for (int item = 0; item < 3; item++) {
                Work part = work.stages().get(0).parts().get(item);
                assertTrue(part.stages().get(0).nanos() >= (item + 1) * 1_000_000L);
                assertEquals(2, part.stages().get(0).parts().size());
            }
            assertEquals(1, recorder.of(() -> {}).stages().size(), "what was before does not count");
            int many = 100_000;
            Work all = recorder.of(() -> workers.forEach(many, (item, worker) -> {}));
            assertEquals(many, all.stages().get(0).parts().size());
        }
    }

    private static void spin(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
