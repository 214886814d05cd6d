package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.condense.TinyRun;
import io.mdc.setting.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimatorTest {
    @Test
    void stepsThatMeasureCountAsOftenAsThereAreSome() {
        assertEquals(0.01 * 10 + 0.99 * 8, Estimator.average(0.01, 10, 8), 1e-12);
        assertEquals(10, Estimator.average(0.01, 10, 12), 1e-12, "the rest is noise");
        assertEquals(10, Estimator.average(1, 10, Double.POSITIVE_INFINITY));
    }

    @Test
    void trainingThatNoInnerLoopEndsWithDoesNotCount() {
        assertTrue(10 * innerLoop("1") < innerLoop("2"), "the training of 10,000 epochs outweighs all else");
    }

    /** Seconds, alone and as the only one of a family, whichever is more. */
    private static double innerLoop(String inner) {
        TinyRun run = new TinyRun("method", "dsa", "inner", inner, "outer", "1", "epochs-own", "10000");
        List<Double> seconds = new ArrayList<>();
        run.withTask(task -> {
            seconds.add(Estimator.measure(run.config(), task.data(), task.runner(), Share.ALL, 0)
                    .innerLoop());
            seconds.add(Estimator.measure(List.of(run.config()), task.data(), task.runner(), 0)
                            .seconds()
                    / Integer.parseInt(inner));
        });
        return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
