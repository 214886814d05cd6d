package io.mdc.evaluate;

import static io.mdc.evaluate.TinyEvaluation.CONVNET;
import static io.mdc.evaluate.TinyEvaluation.evaluate;
import static io.mdc.evaluate.TinyEvaluation.settings;
import static io.mdc.evaluate.TinyEvaluation.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Graphs;
import io.mdc.engine.Networks;
import io.mdc.network.NetworkChoice;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class PrefixEvaluatorTest {
    private static final List<PrefixResult> USUAL = evaluate(settings());

    @TempDir
    private Path folder;

    @Test
    void resultsAreByNetworkThenSizeWithWhatTheyWereTrainedOn() {
        assertEquals(
                List.of("convnet 1 12 1", "convnet 3 36 2", "convnet:3 1 12 1", "convnet:3 3 36 2"),
                evaluate(settings("1,3", 1, "4:1,2", "convnet:3", "convnet")).stream()
                        .map(r -> r.network() + " " + r.size() + " " + r.images() + " " + r.epochs())
                        .toList());
    }

    @Test
    void everyPrefixIsEvaluatedAsOftenAsAsked() {
        assertEquals(List.of(1, 2, 3), USUAL.stream().map(PrefixResult::size).toList());
        for (PrefixResult result : USUAL) {
            assertEquals(2, result.last().runs().size());
            assertEquals(2, result.bestOfFour().runs().size());
            assertTrue(result.bestOfFour().mean() >= result.last().mean());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void resultsDoNotDependOnTheNumberOfThreads(int threads) {
        assertEquals(USUAL, evaluate(settings(), threads, new TinyEvaluation.Memory()));
    }

    @Test
    void resultsDoNotDependOnWhatIsEvaluatedBeside() {
        assertEquals(List.of(USUAL.get(1)), evaluate(settings("2", 2, "2")));
        List<PrefixResult> several = evaluate(settings("1", 2, "2", "convnet:3", "convnet"));
        assertEquals(USUAL.get(0), several.get(0));
        PrefixResult once = evaluate(settings("1", 1, "2")).get(0);
        assertEquals(USUAL.get(0).last().runs().subList(0, 1), once.last().runs());
    }

    @Test
    void aNetworkAskedForTwiceIsTrainedOnce() {
        assertEquals(USUAL, evaluate(settings("all", 2, "2", "convnet", "convnet")));
    }

    /** Seeds that changed would change every published number. */
    @ParameterizedTest
    @CsvSource({"convnet,evaluation", "convnet:3,evaluation", "resnet10:1,evaluation-resnet10:1"})
    void aTrialHasTheSeedOfItsNetworkSizeAndRepeat(String network, String purpose) {
        assertSeed(network, purpose);
    }

    @Test
    void aNetworkInAFileHasTheSeedOfItsContent() throws IOException {
        Path file = folder.resolve("net.json");
        Files.writeString(
                file,
                Graphs.chain(
                                3,
                                TinyEvaluation.SIZE,
                                Graphs.convolution(4, 3, 1, 1, true),
                                Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX))
                        .toJson());
        String purpose = "evaluation-" + SourceFile.of(file).sha256();
        assertSeed(file.toString(), purpose);
        assertSeed(folder + "/./net.json", purpose);
    }

    private static void assertSeed(String network, String purpose) {
        EvaluationSettings settings = settings("2", 2, "2", network);
        Dataset data = TinyEvaluation.dataset();
        try (Compute compute = TinyEvaluation.compute(1);
                Workers workers = new Workers(1)) {
            ChunkedGraph runner = new ChunkedGraph(
                    Networks.graph(
                            NetworkChoice.parse(network),
                            settings.network(),
                            3,
                            TinyEvaluation.SIZE,
                            TinyEvaluation.CLASSES,
                            compute.backend()),
                    workers,
                    4);
            PrefixImages images = PrefixImages.whole(TinyEvaluation.set(), compute.backend(), data.normalization());
            Accuracies expected = new TrialTraining(settings, data)
                    .train(runner, images.prefix(2), 2, Seeds.derive(TinyEvaluation.SEED, purpose, 2, 1), () -> {})
                    .accuracies();
            PrefixResult result = evaluate(settings).get(0);
            assertEquals(expected.last(), result.last().runs().get(1));
            assertEquals(expected.best(), result.bestOfFour().runs().get(1));
        }
    }

    @Test
    void knownTrialsAreTakenFromTheLedger() {
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        Trial known = trial(CONVNET, 2, 1);
        ledger.trials.put(known, new Accuracies(List.of(1.0, 99.0, 2.0, 77.125)));
        List<PrefixResult> evaluation = evaluate(settings(), 2, ledger);
        assertEquals(77.125, evaluation.get(1).last().runs().get(1));
        assertEquals(99, evaluation.get(1).bestOfFour().runs().get(1));
        assertEquals(
                USUAL.get(1).last().runs().get(0),
                evaluation.get(1).last().runs().get(0));
        assertEquals(
                Set.of(
                        trial(CONVNET, 1, 0),
                        trial(CONVNET, 1, 1),
                        trial(CONVNET, 2, 0),
                        trial(CONVNET, 3, 0),
                        trial(CONVNET, 3, 1)),
                ledger.made.keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptedEvaluationGoesOnToTheSameResults(int threads) {
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        AtomicInteger epochs = new AtomicInteger();
        try (Compute compute = TinyEvaluation.compute(threads)) {
            PrefixEvaluator evaluator =
                    new PrefixEvaluator(settings(), TinyEvaluation.dataset(), compute, TinyEvaluation.set());
            assertThrows(
                    CancellationException.class,
                    () -> TinyEvaluation.run(
                            evaluator, compute, done -> {}, () -> epochs.incrementAndGet() >= 7, ledger));
        }
        int before = ledger.made.size();
        assertTrue(before >= 2 && before < 6, before + " of 6 trials finished");
        ledger.made.clear();
        assertEquals(USUAL, evaluate(settings(), threads, ledger));
        assertEquals(6 - before, ledger.made.size());
    }

    @Test
    void aFinishedEvaluationIsNotTrainedAgain() {
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        evaluate(settings(), 2, ledger);
        ledger.made.clear();
        assertEquals(USUAL, evaluate(settings(), 2, ledger));
        assertEquals(Set.of(), ledger.made.keySet());
    }

    @Test
    void progressGrowsToTheWholeWork() {
        AtomicLong last = new AtomicLong();
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        ledger.trials.put(trial(CONVNET, 3, 0), new Accuracies(List.of(1.0, 1.0, 1.0, 1.0)));
        try (Compute compute = TinyEvaluation.compute(1)) {
            PrefixEvaluator evaluator =
                    new PrefixEvaluator(settings(), TinyEvaluation.dataset(), compute, TinyEvaluation.set());
            TinyEvaluation.run(
                    evaluator, compute, done -> assertTrue(last.getAndSet(done) < done, "grows"), () -> false, ledger);
            assertEquals(evaluator.work(), last.get());
        }
    }

    @Test
    void whatTheSetDoesNotAllowIsRefusedBeforeAnythingIsTrained() {
        assertThrows(ConfigException.class, () -> evaluate(settings("1-4", 1, "1")));
        assertThrows(DataException.class, () -> evaluate(settings("1", 1, "1", "missing-network.json")));
    }
}
