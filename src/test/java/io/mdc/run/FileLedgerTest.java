package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Trial;
import io.mdc.network.NetworkChoice;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
    private static final Map<String, String> PROTOCOL = Map.of("epochs", "5", "width", "2");
    private static final Trial FIRST = new Trial(NetworkChoice.parse("convnet"), 1, 0);
    private static final Trial SECOND = new Trial(NetworkChoice.parse("resnet10:4"), 2, 1);
    private static final Accuracies A = new Accuracies(List.of(1.0, 2.0, 3.0, 4.125));
    private static final Accuracies B = new Accuracies(List.of(5.0, 6.0, 7.0, 100 / 3.0));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("ledger.jsonl");
    }

    private FileLedger open(Map<String, String> protocol) throws IOException {
        return new FileLedger(file, protocol, Optional.empty());
    }

    private void writeBoth() throws IOException {
        try (FileLedger ledger = open(PROTOCOL)) {
            ledger.finished(FIRST, A, null);
            ledger.finished(SECOND, B, null);
        }
    }

    @Test
    void finishedTrialsAreKnownToTheSameEvaluationLater() throws IOException {
        writeBoth();
        try (FileLedger ledger = open(PROTOCOL)) {
            assertEquals(Optional.of(A), ledger.known(FIRST));
            assertEquals(Optional.of(B), ledger.known(SECOND));
            assertEquals(Optional.empty(), ledger.known(new Trial(FIRST.network(), 1, 1)));
        }
        assertEquals(
                List.of(
                        "{\"epochs\":\"5\",\"width\":\"2\"}",
                        "{\"network\":\"convnet\",\"size\":1,\"repeat\":0,\"accuracies\":[1.0,2.0,3.0,4.125]}",
                        "{\"network\":\"resnet10:4\",\"size\":2,\"repeat\":1,\"accuracies\":[5.0,6.0,7.0," + 100 / 3.0
                                + "]}"),
                Files.readAllLines(file));
    }

    @Test
    void anotherEvaluationBeginsAnew() throws IOException {
        writeBoth();
        try (FileLedger ledger = open(Map.of("epochs", "6", "width", "2"))) {
            assertEquals(Optional.empty(), ledger.known(FIRST));
        }
        assertEquals(List.of("{\"epochs\":\"6\",\"width\":\"2\"}"), Files.readAllLines(file));
    }

    @Test
    void aLineCutOffByACrashIsDroppedAndWrittenAgain() throws IOException {
        writeBoth();
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 8));
        try (FileLedger ledger = open(PROTOCOL)) {
            assertEquals(Optional.of(A), ledger.known(FIRST));
            assertEquals(Optional.empty(), ledger.known(SECOND));
            ledger.finished(SECOND, B, null);
        }
        assertEquals(whole, Files.readString(file));
    }

    @Test
    void linesThatAreNoAccuraciesEndWhatIsKnown() throws IOException {
        writeBoth();
        String whole = Files.readString(file);
        for (String bad : new String[] {"[1.0]", "null", "[1.0,2.0,3.0,400]"}) {
            Files.writeString(file, whole.replace("[1.0,2.0,3.0,4.125]", bad));
            try (FileLedger ledger = open(PROTOCOL)) {
                assertEquals(Optional.empty(), ledger.known(FIRST), bad);
                assertEquals(Optional.empty(), ledger.known(SECOND), bad);
            }
        }
    }

    @Test
    void aTrialNotedTwiceLosesNoOther() throws IOException {
        try (FileLedger ledger = open(PROTOCOL)) {
            ledger.finished(FIRST, B, null);
            ledger.finished(FIRST, A, null);
            ledger.finished(SECOND, B, null);
        }
        for (int i = 0; i < 2; i++) {
            try (FileLedger ledger = open(PROTOCOL)) {
                assertEquals(Optional.of(A), ledger.known(FIRST));
                assertEquals(Optional.of(B), ledger.known(SECOND));
            }
        }
    }

    @Test
    void aTrialWhoseModelIsGoneIsMadeAgain() throws IOException {
        var config = TinySettings.with();
        var data = TinySettings.dataset();
        RunDirectory directory = RunDirectory.create(folder.resolve("run"), config);
        TrainedModels models = new TrainedModels(directory, config.network(), data);
        try (Workers workers = new Workers(1)) {
            NetworkTrainer trained = new NetworkTrainer(
                    new ChunkedGraph(
                            Networks.graph(
                                    FIRST.network(),
                                    config.network(),
                                    data.test().channels(),
                                    data.test().height(),
                                    data.classes(),
                                    TestBackends.HOST),
                            workers,
                            4),
                    new Sgd(0, 0));
            try (FileLedger ledger = new FileLedger(file, PROTOCOL, Optional.of(models))) {
                ledger.finished(FIRST, A, trained);
            }
        }
        Path model = folder.resolve("run/models/convnet-size1-repeat0.zip");
        try (FileLedger ledger = new FileLedger(file, PROTOCOL, Optional.of(models))) {
            assertEquals(Optional.of(A), ledger.known(FIRST));
            Files.delete(model);
            assertEquals(Optional.empty(), ledger.known(FIRST));
        }
        assertEquals(
                "resnet10-4-size2-repeat1.zip",
                models.file(SECOND).getFileName().toString());
    }
}
