package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.network.ConvNet;
import io.mdc.testing.TestBackends;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseTimesTest {
    private static final double MOST_ERROR = 1e-9;

    @Test
    void partsAddUpToTheWhole() {
        DifferentiableGraph graph =
                DifferentiableGraph.compile(ConvNet.configuration(2, 4, 3, 8, 2), 3, 8, 8, TestBackends.HOST);
        Phases phases = new Phases();
        phases.add(Phase.FORWARD, 4_000_000_000L);
        phases.add(Phase.AUGMENTATION, 1_000_000_000L);
        Map<String, PhaseTime> times = PhaseTimes.of(phases, graph, 2, 2, 8);
        assertEquals(1, times.get("forward").seconds(), MOST_ERROR, "4 s on 2 threads in 2 loops");
        assertEquals(0.5, times.get("augmentation").seconds(), MOST_ERROR, "1 s on one thread in 2 loops");
        assertEquals(2.5, times.get("waiting").seconds(), MOST_ERROR, "the rest of 4 s a loop");
        assertEquals(1, times.values().stream().mapToDouble(PhaseTime::share).sum(), MOST_ERROR);
        assertNull(times.get("augmentation").gflops());
    }

    @Test
    void medianLeastAndMostAreThoseOfTheMeasurements() {
        assertEquals(new Timing(2.5, 1, 4), Timing.of(new double[] {4, 1, 3, 2}));
        assertEquals(new Timing(2, 1, 9), Timing.of(new double[] {9, 1, 2}));
        assertThrows(IllegalArgumentException.class, () -> Timing.of(new double[0]));
    }
}
