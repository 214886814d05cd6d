package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.method.BaseMethod;
import io.mdc.method.ImageStep;
import io.mdc.setting.Share;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Tensor;
import io.mdc.testing.CountingMemory;
import io.mdc.testing.TestBackends;
import io.mdc.trajectory.DrawnTrajectory;
import io.mdc.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

    @ParameterizedTest
    @CsvSource({
        "method dsa factor 1 epochs-own 3 batch-own 5 inner 1, 0",
        "method dsa factor 1 epochs-own 3 batch-own 5 inner 4, 4.5",
        "method idc inner 4, 2",
        "method dm inner 4, 1"
    })
    void theTrainingStepsOfAnInnerLoopAreThoseOfTheRun(String settings, double steps) {
        TinyRun run = new TinyRun(settings.split(" "));
        run.withTask(task -> assertEquals(steps, new LoopProbe(run.config().base(), task).trainingStepsOfLoop()));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1"})
    void trainingIsThatOfALoopWhichAnotherOneFollows(String inner, int draws) {
        TinyRun run = new TinyRun("method", "dm", "inner", inner);
        List<Place> drawn = new ArrayList<>();
        run.withTask(task -> {
            LoopProbe probe = new LoopProbe(new Drawing(run.config().base(), drawn), task);
            for (int i = 0; i < 7; i++) {
                probe.trainOnce();
            }
            for (int i = 0; i < 7; i++) {
                drawn.clear();
                probe.train();
                assertEquals(draws, drawn.size());
            }
        });
    }

    /** A method whose networks are not drawn but listed. */
    private record Drawing(BaseMethod base, List<Place> drawn) implements BaseMethod {
        @Override
        public ImageStep step(CondenseTask task, SyntheticSet images, Tensor velocity) {
            return base.step(task, images, velocity);
        }

        @Override
        public Trajectory trajectory(CondenseTask task, SyntheticSet images) {
            return new DrawnTrajectory(task, (place, weights) -> drawn.add(place));
        }
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
            assertTrue(
                    least(memory, () -> probe.laterImageStep(true)) < least(memory, () -> probe.imageStep(true)),
                    "averages of features are made where they are measured");
        });
    }

    /** How many arrays a step takes, without those that a thread takes once. */
    private static int least(CountingMemory memory, Runnable step) {
        return IntStream.range(0, 5)
                .map(i -> {
                    memory.taken();
                    step.run();
                    return memory.taken().size();
                })
                .min()
                .orElseThrow();
    }
}
