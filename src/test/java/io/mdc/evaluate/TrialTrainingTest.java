package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Networks;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Trains on real images, which are easier to learn than noise. */
class TrialTrainingTest {
    private static final EvaluationSettings SETTINGS = TinyEvaluation.settings();
    private static final Dataset DATA = TinyEvaluation.dataset();

    private static TrialTraining.Trained train(int epochs, long seed, int threads, Runnable epochDone) {
        try (Workers workers = new Workers(threads)) {
            ChunkedGraph runner = new ChunkedGraph(
                    Networks.graph(
                            TinyEvaluation.CONVNET,
                            SETTINGS.network(),
                            3,
                            TinyEvaluation.SIZE,
                            TinyEvaluation.CLASSES,
                            TestBackends.HOST),
                    workers,
                    4);
            RealImages images = new RealImages(TestBackends.HOST.images(), DATA.train(), DATA.normalization());
            return new TrialTraining(SETTINGS, DATA).train(runner, images, epochs, seed, epochDone);
        }
    }

    private static List<Double> percents(int epochs, long seed, int threads) {
        return train(epochs, seed, threads, () -> {}).accuracies().percents();
    }

    @Test
    void aNetworkLearnsWhatItIsShown() {
        assertTrue(percents(12, 1, 2).get(3) > 80, "a third would be chance");
    }

    @Test
    void theRateDropsAtTwoThirdsAndFiveSixthsOfTheEpochs() {
        TrainingRecipe recipe = SETTINGS.recipe();
        assertEquals(0.05, recipe.rate(7, 12), 1e-15);
        assertEquals(0.01, recipe.rate(8, 12), 1e-15);
        assertEquals(0.01, recipe.rate(9, 12), 1e-15);
        assertEquals(0.002, recipe.rate(10, 12), 1e-15);
        assertEquals(0.002, recipe.rate(11, 12), 1e-15);
    }

    @Test
    void everyQuarterIsMeasured() {
        // With one epoch all four fall together, with two the first two and the last two.
        assertEquals(1, percents(1, 3, 1).stream().distinct().count());
        List<Double> two = percents(2, 3, 1);
        assertEquals(two.get(0), two.get(1));
        assertEquals(two.get(2), two.get(3));
        // The rate has not dropped by then.
        assertEquals(percents(4, 3, 1).get(1), percents(8, 3, 1).get(0));
        assertNotEquals(percents(4, 3, 1).get(0), percents(8, 3, 1).get(0));
    }

    @Test
    void resultsDependOnTheSeedAlone() {
        assertEquals(percents(3, 3, 1), percents(3, 3, 3));
        assertNotEquals(percents(3, 3, 1), percents(3, 4, 1));
    }

    @Test
    void theTrainedNetworkIsHandedOver() {
        TrialTraining.Trained trained = train(2, 3, 1, () -> {});
        float[] again = train(2, 3, 1, () -> {}).network().weights().flat().toFloats();
        assertArrayEquals(again, trained.network().weights().flat().toFloats());
    }

    @Test
    void everyEpochIsToldAndMayEndTheTraining() {
        AtomicInteger epochs = new AtomicInteger();
        train(5, 1, 1, epochs::incrementAndGet);
        assertEquals(5, epochs.getAndSet(0));
        assertThrows(
                CancellationException.class,
                () -> train(5, 1, 1, () -> {
                    if (epochs.incrementAndGet() == 2) {
                        throw new CancellationException();
                    }
                }));
        assertEquals(2, epochs.get());
    }
}
