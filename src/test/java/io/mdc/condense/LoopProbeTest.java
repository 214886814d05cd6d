package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.setting.Share;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseTask;
import io.mdc.testing.CountingMemory;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopProbeTest {
    @ParameterizedTest
    @CsvSource({
        "feature, mdc, 100, 199, 2",
        "gradient, mdc, 5, 10, 3",
        "feature, mdc, 1, 10, 10",
        "feature, mdc, 20, 10, 1",
        "feature, idc, 5, 10, 10",
        "accuracy, mdc, 5, 10, 10"
    })
    void theShareOfLoopsThatMeasureIsThatOfTheRun(
            String metric, String method, String period, int outer, int measuring) {
        TinyRun run =
                new TinyRun("metric", metric, "method", method, "period", period, "outer", Integer.toString(outer));
        run.withTask(task -> assertEquals(
                (double) measuring / outer, new LoopProbe(run.config().base(), task).measuringLoops()));
    }

    @Test
    void aShardStepsItsOwnClasses() {
        TinyRun run = new TinyRun("method", "mdc", "class-wise", "true");
        run.withTask(task -> {
            CondenseTask shard = task.of(new ClassShard(new Share(2, 2), Optional.empty()));
            LoopProbe probe = new LoopProbe(run.config().base(), shard);
            assertEquals(1, probe.rounds() * probe.partsOfRound(), "of three classes");
            probe.imageSteps(true);
        });
    }

    @Test
    void laterStepsDoNotMeasure() {
        CountingMemory memory = new CountingMemory(TestBackends.HOST.memory());
        TinyRun run = new TinyRun("method", "mdc", "period", "5").on(memory.in(TestBackends.HOST));
        run.withTask(task -> {
            LoopProbe probe = new LoopProbe(run.config().base(), task);
            probe.imageSteps(true);
            probe.laterImageStep(true);
            memory.taken();
            probe.laterImageStep(true);
            List<List<Integer>> later = memory.taken();
            probe.imageStep(true);
            assertTrue(later.size() < memory.taken().size(), "averages of features are made where they are measured");
        });
    }
}
