package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.RunConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DC and DSA: θ is trained on the images themselves. */
class DcTest {
    private static TinyRun run(String... settings) {
        List<String> all =
                new ArrayList<>(List.of("method", "dsa", "inner", "3", "epochs-own", "2", "batch-own", "20"));
        all.addAll(List.of(settings));
        return new TinyRun(all.toArray(String[]::new));
    }

    private static TinyRun ended(TinyRun run) {
        assertTrue(run.run());
        return run;
    }

    @ParameterizedTest
    @CsvSource({"dc,none", "dsa,adaptive", "dsa,all"})
    void stoppedRunGoesOnWithTheSameBits(String method, String subset) {
        String[] settings = {"method", method, "subset", subset};
        TinyRun.assertGoesOn(() -> run(settings), 1, 3, 5);
    }

    @Test
    void theNetworkIsTrainedOnTheImagesAfterEveryStepButTheLast() {
        List<Double> losses =
                ended(run("outer", "1", "epochs-own", "50", "lr-own", "0.1", "augment-match", "none")).metrics.stream()
                        .map(LoopMetrics::trainLoss)
                        .toList();
        assertTrue(losses.get(0) < Math.log(TinyRun.CLASSES), "worse than guessing: " + losses);
        assertTrue(losses.get(1) < losses.get(0), "training does not go on: " + losses);
        assertNull(losses.get(2));
    }

    @Test
    void theNetworkDependsOnTheImages() {
        double slow = ended(run()).metrics.get(3).trainLoss();
        assertNotEquals(slow, ended(run("lr-img", "50")).metrics.get(3).trainLoss());
        assertEquals(slow, ended(run("n-data", "0")).metrics.get(3).trainLoss(), "real images do not matter");
    }

    @Test
    void aStepOfNormalisedPixelsMovesStoredOnesByTheirVariance() {
        String[] once = {"outer", "1", "inner", "1", "lr-img", "1"};
        float[] first = ended(run("outer", "0")).images();
        float[] stored = ended(run(withPixels("limited", once))).images();
        float[] normalised = ended(run(withPixels("normalised", once))).images();
        List<Double> deviations = TinyRun.dataset().normalization().std();
        int moved = 0;
        for (int i = 0; i < first.length; i++) {
            double std = deviations.get(i / (TinyRun.SIZE * TinyRun.SIZE) % 3);
            if (stored[i] > 0 && stored[i] < 1) {
                double step = stored[i] - first[i];
                assertEquals(std * std * step, normalised[i] - first[i], 1e-6 + 1e-3 * Math.abs(step));
                moved += Math.abs(step) > 1e-3 ? 1 : 0;
            }
        }
        assertTrue(moved > first.length / 4, "only " + moved + " pixels moved");
    }

    @Test
    void normalisedPixelsHaveNoLimits() {
        assertTrue(outside(ended(run(withPixels("normalised", "lr-img", "50"))).images()) > 0);
        assertEquals(
                0, outside(ended(run(withPixels("limited", "lr-img", "50"))).images()));
    }

    @Test
    void noiseIsThatOfTheValuesThatMove() {
        List<Double> mean = TinyRun.dataset().normalization().mean();
        List<Double> std = TinyRun.dataset().normalization().std();
        String[] atOnce = {"method", "dc", "outer", "0", "ipc", "10"};
        float[] normalised = ended(run(withPixels("normalised", atOnce))).images();
        float[] limited = ended(run(withPixels("limited", atOnce))).images();
        for (int i = 0; i < normalised.length; i++) {
            int channel = i / (TinyRun.SIZE * TinyRun.SIZE) % 3;
            double standard = (normalised[i] - mean.get(channel)) / std.get(channel);
            assertEquals(Math.max(0, Math.min(1, 0.5 + 0.25 * standard)), limited[i], 1e-5);
        }
        assertTrue(outside(normalised) > 0);
    }

    private static String[] withPixels(String pixels, String... others) {
        String[] all = Arrays.copyOf(others, others.length + 2);
        all[others.length] = "pixels";
        all[others.length + 1] = pixels;
        return all;
    }

    private static long outside(float[] values) {
        long count = 0;
        for (float value : values) {
            count += value < 0 || value > 1 ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "9,1", "10,50", "20,25", "30,20", "40,15", "50,10", "100,10"})
    void epochsAreThePublishedOnes(int ipc, int epochs) {
        RunConfig config = new TinyRun("method", "dc").config();
        assertEquals(epochs, config.own().epochs(ipc));
    }
}
