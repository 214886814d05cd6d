package io.mdc.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialQueue;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.setting.Layer;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealLedgerTest {
    private static final int EPOCHS = 3;

    @TempDir
    private Path cache;

    private final List<String> notes = new ArrayList<>();
    private final Compute compute = new Compute(TestBackends.HOST, new Workers(1), 4);

    private static RunConfig config(String... changes) {
        Map<String, String> values = new HashMap<>(Map.of(
                "dataset", "npz", "data-dir", "src/test/resources/io/mdc/dataset/npz", "depth", "1", "width", "2"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return ConfigReader.read(Layer.options(values));
    }

    private TrialQueue.Member trainings(int epochs, String... changes) {
        Dataset data = RunData.load(config(), Progress.silent());
        return RealLedger.trainings(config(changes).evaluating(), epochs, data, compute, cache, notes::add);
    }

    /** Makes the training, if it is not known, and returns how many epochs that took. */
    private int make(TrialQueue.Member trainings) {
        AtomicInteger epochs = new AtomicInteger();
        TrialQueue.run(List.of(trainings), compute.workers(), done -> {}, () -> {
            epochs.incrementAndGet();
            return false;
        });
        return epochs.get();
    }

    private static Accuracies of(TrialQueue.Member trainings) {
        Trial trial = trainings.evaluator().trials().get(0);
        return trainings.ledger().known(trial).orElseThrow();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("real"))) {
            return files.reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void aTrainingIsOnAllRealImagesOnceForTheEpochsAsked() {
        TrialQueue.Member trainings = trainings(EPOCHS, "repeats", "4", "epochs", "1000");
        Trial trial = trainings.evaluator().trials().get(0);
        assertEquals(1, trainings.evaluator().trials().size());
        assertEquals(8, trial.cell().images());
        assertEquals(EPOCHS, trial.cell().epochs());
        assertEquals(EPOCHS, make(trainings));
    }

    @Test
    void whatIsInTheCacheIsNotTrainedAgain() {
        TrialQueue.Member first = trainings(EPOCHS);
        make(first);
        TrialQueue.Member second =
                trainings(EPOCHS, "sizes", "1", "repeats", "7", "epochs", "9", "save-models", "true", "seed", "1");
        assertEquals(0, make(second));
        assertEquals(of(first), of(second));
        assertEquals(List.of(), notes);
    }

    @ParameterizedTest
    @CsvSource({
        "network,resnet10",
        "width,3",
        "depth,2",
        "net-lr,0.02",
        "net-momentum,0.8",
        "net-decay,0",
        "augment-eval,none",
        "cutmix-eval,0.25",
        "batch-eval,3"
    })
    void whatIsMadeByAnotherSettingIsAnother(String key, String value) {
        make(trainings(EPOCHS));
        TrialQueue.Member other = trainings(EPOCHS, key, value);
        assertEquals(
                Optional.empty(),
                other.ledger().known(other.evaluator().trials().get(0)));
        TrialQueue.Member longer = trainings(EPOCHS + 1);
        assertEquals(
                Optional.empty(),
                longer.ledger().known(longer.evaluator().trials().get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"made_by\": null, \"accuracies\": null, \"check\": \"0\"}", "9", "x"})
    void aDamagedEntryIsToldAndMadeAnew(String damage) throws IOException {
        TrialQueue.Member trainings = trainings(EPOCHS);
        make(trainings);
        Accuracies before = of(trainings);
        String whole = Files.readString(onlyFile());
        // "9" changes an accuracy, "x" a setting
        String damaged = damage.equals("9")
                ? whole.replaceFirst("\"accuracies\" : \\[ [0-9.]+", "\"accuracies\" : [ 99.0")
                : damage.equals("x") ? whole.replace("\"convnet\"", "\"convnex\"") : damage;
        assertNotEquals(whole, damaged);
        Files.writeString(onlyFile(), damaged);
        assertEquals(EPOCHS, make(trainings));
        assertEquals(1, notes.size(), notes.toString());
        assertTrue(notes.get(0).startsWith(onlyFile() + ": damaged"), notes.get(0));
        assertEquals(before, of(trainings));
        assertEquals(whole, Files.readString(onlyFile()));
    }
}
