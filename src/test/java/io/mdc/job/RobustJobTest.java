package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.report.Progress;
import io.mdc.robust.RobustEvaluation;
import io.mdc.robust.RobustResult;
import io.mdc.robust.Scores;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustJobTest {
    private static final int DRAWS = 2;

    /** Trainings of one size, but for that on all real images, and the epochs of each. */
    private static final int EPOCHS = 4 * DRAWS * 2;

    @TempDir
    private Path folder;

    private RunDirectory run;
    private final List<EvaluateAllJob.LeftOut> told = new ArrayList<>();

    @BeforeEach
    void condense() throws IOException {
        run = condense("run");
    }

    private RunDirectory condense(String name) throws IOException {
        Path out = folder.resolve(name);
        new CondenseJob(TinySettings.with("outer", "0"), Optional.of(out), false).run(Progress.silent(), () -> false);
        return RunDirectory.open(out);
    }

    private Ending<RobustJob.Result> compare(Stop stop, List<RunDirectory> runs, String... changes) throws IOException {
        Map<String, String> options = new HashMap<>(Map.of("draws", "" + DRAWS, "epochs-real", "3"));
        for (int i = 0; i < changes.length; i += 2) {
            options.put(changes[i], changes[i + 1]);
        }
        return new RobustJob(runs, Layer.options(options)).run(Progress.silent(), stop, told::add);
    }

    private RobustEvaluation compared(String... changes) throws IOException {
        Ending<RobustJob.Result> ending = compare(() -> false, List.of(run), changes);
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<RobustJob.Result>) ending).result().compared().get(run);
    }

    @Test
    void theLargestSizeIsComparedAndWritten() throws IOException {
        RobustEvaluation made = compared();
        assertEquals(1, made.results().size());
        RobustResult result = made.results().get(0);
        assertEquals("convnet 2 8", result.network() + " " + result.size() + " " + result.images());
        assertEquals(DRAWS, result.last().set().runs().size());
        assertEquals(
                100
                        * new Scores(
                                        result.last().real() / 100,
                                        result.last().set().runs().get(1) / 100,
                                        result.last().random().runs().get(1) / 100,
                                        result.last().setPlain().runs().get(1) / 100,
                                        result.last().randomPlain().runs().get(1) / 100)
                                .lrs(),
                result.last().lrs().runs().get(1),
                1e-9);
        RobustEvaluation written = Json.read(Files.readString(run.robust()), RobustEvaluation.class);
        assertTrue(written.whole());
        assertEquals(made, written);
        assertFalse(Json.read(
                        Files.readString(run.robust()).replace("\"draws\" : 2", "\"draws\" : 3"),
                        RobustEvaluation.class)
                .whole());
    }

    @Test
    void everySizeThatIsAskedForHasARow() throws IOException {
        assertEquals(
                List.of(1, 2),
                compared("sizes", "1,2").results().stream()
                        .map(RobustResult::size)
                        .toList());
    }

    @Test
    void allSizesHaveARowIfThatIsAskedForAndThoseOfTheRunAreNotAskedFor() throws IOException {
        Path out = folder.resolve("with-sizes");
        new CondenseJob(TinySettings.with("outer", "0", "sizes", "1,2"), Optional.of(out), false)
                .run(Progress.silent(), () -> false);
        run = RunDirectory.open(out);
        assertEquals(
                List.of(2),
                compared().results().stream().map(RobustResult::size).toList());
        assertEquals(
                List.of(1, 2),
                compared("sizes", "all").results().stream()
                        .map(RobustResult::size)
                        .toList());
    }

    @Test
    void networksOnTheSetAreThoseOfAnEvaluation() throws IOException {
        Ending<?> ending = new EvaluateJob(run, TinySettings.with("sizes", "2", "repeats", "" + DRAWS))
                .run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Finished.class, ending);
        RobustEvaluation made = compared();
        assertEquals(
                new RunRecords(run).evaluated().orElseThrow().results().get(0).last(),
                made.results().get(0).last().set());
        assertEquals(
                DRAWS + 1,
                Files.readString(run.evaluationLedger()).lines().count(),
                "the protocol, and every training once");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, EPOCHS - 1})
    void anInterruptedComparisonGoesOnWithWhatIsLeft(int epochs) throws IOException {
        RobustEvaluation whole = compared(); // with it that on all real images is in the cache
        Files.delete(run.robust());
        Files.delete(run.robustLedger());
        Files.delete(run.evaluationLedger());
        AtomicInteger asked = new AtomicInteger();
        Ending<RobustJob.Result> ending = compare(() -> asked.incrementAndGet() >= epochs, List.of(run));
        assertEquals(
                "interrupted; the same command goes on with what is left",
                ((Ending.Interrupted<RobustJob.Result>) ending).advice());
        assertFalse(Files.exists(run.robust()));
        AtomicInteger left = new AtomicInteger();
        compare(
                () -> {
                    left.incrementAndGet();
                    return false;
                },
                List.of(run));
        assertEquals(EPOCHS - epochs / 2 * 2, left.get());
        assertEquals(whole, Json.read(Files.readString(run.robust()), RobustEvaluation.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void resultsDoNotDependOnTheNumberOfThreads(String threads) throws IOException {
        RobustEvaluation whole = compared();
        Files.delete(run.robustLedger());
        Files.delete(run.evaluationLedger());
        assertEquals(whole.results(), compared("threads", threads).results());
    }

    @Test
    void aRunThatFailsIsLeftOutOfSeveral() throws IOException {
        RunDirectory damaged = condense("damaged");
        Files.writeString(damaged.synthetic(), "damaged");
        Ending<RobustJob.Result> ending = compare(() -> false, List.of(damaged, run));
        RobustJob.Result result = ((Ending.Finished<RobustJob.Result>) ending).result();
        assertEquals(List.of(run), List.copyOf(result.compared().keySet()));
        assertEquals(
                List.of(damaged), told.stream().map(EvaluateAllJob.LeftOut::run).toList());
        assertThrows(DataException.class, () -> compare(() -> false, List.of(damaged)));
    }
}
