package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.backend.Backends;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.task.Sharing;
import io.mdc.tensor.Backend;
import io.mdc.tensor.DeviceCounts;
import io.mdc.testing.Emulator;
import io.mdc.testing.Numbers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on an emulated GPU. */
class CudaRunTest {
    private Backend cuda;

    @BeforeEach
    void takeTheGpu() {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        cuda = Emulator.backend().get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mdc", "dance", "dream"})
    void twentyInnerLoopsEndNearThoseOfTheHost(String method) {
        String[] settings = {"method", method, "outer", "2", "inner", "10"};
        TinyRun host = new TinyRun(settings);
        TinyRun device = new TinyRun(settings).on(cuda);
        assertTrue(host.run());
        assertTrue(device.run());
        assertEquals(20, device.metrics.size());
        double error = Numbers.relativeError(widened(host.images()), widened(device.images()));
        assertTrue(error < 1e-3, method + ": " + error);
    }

    @Test
    void aStoppedRunGoesOnWithTheSameBits() {
        TinyRun whole = new TinyRun().on(cuda);
        assertTrue(whole.run());
        TinyRun stopped = new TinyRun().on(cuda).stopAfter(3);
        assertFalse(stopped.run());
        TinyRun resumed = new TinyRun().on(cuda);
        assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
        assertArrayEquals(whole.images(), resumed.images());
        assertArrayEquals(whole.images(), imagesOf(new TinyRun().on(cuda).threads(1, 4)));
    }

    /** With real batches of few images, as sizes do not matter but that sums over pixels come in several parts. */
    @Test
    void anInnerLoopIsFewLaunchesOneReadBackAndNoAllocation() {
        TinyRun run =
                new TinyRun("n-data", "40", "batch-train", "20", "batch-real", "20", "cutmix-train", "1").on(cuda);
        try (Workers workers = new Workers(2)) {
            LoopProbe probe = new LoopProbe(
                    run.config().base(), run.task(new ChunkedGraph(run.graph(), workers, 1000), new Sharing()));
            probe.innerLoop(true);
            probe.innerLoop(true);
            DeviceCounts before = Backends.counts(cuda).orElseThrow();
            probe.imageSteps(true);
            DeviceCounts steps = Backends.counts(cuda).orElseThrow().since(before);
            probe.trainOnce();
            DeviceCounts training =
                    Backends.counts(cuda).orElseThrow().since(before).since(steps);
            before = Backends.counts(cuda).orElseThrow();
            probe.innerLoop(true);
            DeviceCounts loop = Backends.counts(cuda).orElseThrow().since(before);
            assertTrue(steps.launches() <= 120, steps.toString());
            assertTrue(training.launches() <= 30, training.toString());
            assertEquals(0, loop.allocations());
            assertEquals(1, loop.reads());
        }
    }

    private static float[] imagesOf(TinyRun run) {
        assertTrue(run.run());
        return run.images();
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
