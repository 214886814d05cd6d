package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DirectoryLock;
import io.mdc.base.InUseException;
import io.mdc.base.Json;
import io.mdc.base.LockHolder;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Cell;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialLedger;
import io.mdc.network.NetworkChoice;
import io.mdc.run.TinySettings;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileLedgerTest {
    private static final Protocol PROTOCOL = protocol("5");
    private static final Protocol OTHER = protocol("6");
    private static final Trial FIRST = trial("convnet", 1, 0);
    private static final Trial SECOND = trial("resnet10:4", 2, 1);
    private static final Accuracies A = new Accuracies(List.of(1.0, 2.0, 3.0, 4.125));
    private static final Accuracies B = new Accuracies(List.of(5.0, 6.0, 7.0, 100 / 3.0));

    private static Protocol protocol(String epochs) {
        return new Protocol(Map.of("epochs", epochs, "width", "2"), 10, "d".repeat(64), "5".repeat(64));
    }

    private static Trial trial(String network, int size, int repeat) {
        return new Trial(new Cell(NetworkChoice.parse(network), OptionalInt.of(2), size, 4 * size, 5), repeat);
    }

    @TempDir
    private Path folder;

    private Path file;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("ledger.jsonl");
    }

    private FileLedger open(Protocol protocol) throws IOException {
        return new FileLedger(file, protocol, Optional.empty(), notes::add);
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
            assertEquals(Optional.empty(), ledger.known(trial("convnet", 1, 1)));
            assertEquals(Map.of(PROTOCOL, Map.of(FIRST, A, SECOND, B)), ledger.all());
        }
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals(
                "{\"trial\":{\"protocol\":\"" + PROTOCOL.key()
                        + "\",\"network\":\"convnet\",\"width\":2,\"size\":1,\"images\":4,\"epochs\":5,\"repeat\":0,"
                        + "\"accuracies\":[1.0,2.0,3.0,4.125]},\"check\":",
                Files.readAllLines(file).get(1).replaceAll("\"[0-9a-f]{8}\"}$", ""));
        assertEquals(List.of(), notes);
    }

    @Test
    void evaluationsOfSeveralProtocolsAreKeptSideBySide() throws IOException {
        writeBoth();
        try (FileLedger ledger = open(OTHER)) {
            assertEquals(Optional.empty(), ledger.known(FIRST));
            ledger.finished(FIRST, B, null);
        }
        try (FileLedger ledger = open(PROTOCOL)) {
            assertEquals(Optional.of(A), ledger.known(FIRST));
            assertEquals(List.of(PROTOCOL, OTHER), List.copyOf(ledger.all().keySet()));
            assertEquals(Map.of(FIRST, B), ledger.all().get(OTHER));
        }
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
        assertEquals(List.of(), notes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1.0]", "null", "[1.0,2.0,3.0,400]", "[1.0,2.0,3.0,4.25]", "\u0000"})
    void aDamagedLineIsToldAndTheOthersKept(String bad) throws IOException {
        writeBoth();
        String damaged = Files.readString(file).replace("[1.0,2.0,3.0,4.125]", bad);
        Files.writeString(file, damaged);
        try (FileLedger ledger = open(PROTOCOL)) {
            assertEquals(Optional.empty(), ledger.known(FIRST));
            assertEquals(Optional.of(B), ledger.known(SECOND));
        }
        assertEquals(
                List.of(file + ": 1 of 3 lines are damaged, and what they told is made again; the file as it was is "
                        + DamagedFile.of(file)),
                notes);
        assertEquals(damaged, Files.readString(DamagedFile.of(file)));
    }

    @Test
    void trialsUnderSeveralProtocolsShareAFile() throws IOException {
        try (FileLedger ledger = open(PROTOCOL)) {
            TrialLedger other = ledger.under(OTHER);
            ledger.finished(FIRST, A, null);
            other.finished(FIRST, B, null);
            other.finished(SECOND, A, null);
            assertEquals(Optional.of(B), other.known(FIRST));
        }
        try (FileLedger ledger = open(OTHER)) {
            assertEquals(Optional.of(B), ledger.known(FIRST));
            assertEquals(Optional.of(A), ledger.under(PROTOCOL).known(FIRST));
            assertEquals(Optional.empty(), ledger.under(PROTOCOL).known(SECOND));
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void trialsWhoseProtocolIsDamagedAreOfNoOther() throws IOException {
        writeBoth();
        Files.writeString(file, Files.readString(file).replace("\"epochs\":\"5\"", "\"epochs\":\"6\""));
        try (FileLedger ledger = open(OTHER)) {
            assertEquals(Map.of(), ledger.all());
        }
        assertEquals(1, notes.size());
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
    @SuppressWarnings("try") // the lock is held, not used
    void whoWasSuspendedAndHasASuccessorNotesNothing() throws IOException {
        try (DirectoryLock lock = DirectoryLock.take(folder);
                FileLedger ledger = open(PROTOCOL)) {
            ledger.finished(FIRST, A, null);
            String other = Json.text(new LockHolder(77, "elsewhere.example", "", "2026-01-31T10:00:00Z"));
            Files.writeString(folder.resolve("lock"), other);
            String noted = Files.readString(file);
            assertThrows(InUseException.class, () -> ledger.finished(SECOND, B, null));
            assertEquals(noted, Files.readString(file));
        }
    }

    @Test
    void aTrialWhoseModelIsGoneIsMadeAgain() throws IOException {
        var config = TinySettings.with();
        var data = TinySettings.dataset();
        RunDirectory directory = NewRun.create(folder.resolve("run"), config);
        TrainedModels models = new TrainedModels(directory, PROTOCOL, config.network(), data);
        try (Workers workers = new Workers(1)) {
            NetworkTrainer trained = new NetworkTrainer(
                    new ChunkedGraph(
                            Networks.graph(
                                    FIRST.cell().network(),
                                    config.network(),
                                    data.test().channels(),
                                    data.test().height(),
                                    data.classes(),
                                    TestBackends.HOST),
                            workers,
                            4),
                    new Sgd(0, 0));
            try (FileLedger ledger = new FileLedger(file, PROTOCOL, Optional.of(models), notes::add)) {
                ledger.finished(FIRST, A, trained);
            }
        }
        Path model = folder.resolve("run/models/" + PROTOCOL.key() + "/convnet-size1-repeat0.zip");
        try (FileLedger ledger = new FileLedger(file, PROTOCOL, Optional.of(models), notes::add)) {
            assertEquals(Optional.of(A), ledger.known(FIRST));
            Files.delete(model);
            assertEquals(Optional.empty(), ledger.known(FIRST));
        }
        assertEquals(
                "resnet10-4-size2-repeat1.zip",
                models.file(SECOND).getFileName().toString());
    }
}
