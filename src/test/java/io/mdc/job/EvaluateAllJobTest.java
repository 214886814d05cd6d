package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.config.ConfigReader;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three runs on a few images, of different sizes and seeds. */
class EvaluateAllJobTest {
    @TempDir
    private Path folder;

    private final List<EvaluateAllJob.LeftOut> told = new ArrayList<>();
    private List<RunDirectory> runs;

    @BeforeEach
    void condense() throws IOException {
        Path family = folder.resolve("family");
        for (String[] changes : new String[][] {{"ipc", "1"}, {"ipc", "2"}, {"seed", "7", "threads", "2"}}) {
            new CondenseJob(TinySettings.with(changes), Optional.of(family.resolve(String.join("-", changes))), false)
                    .run(Progress.silent(), () -> false);
        }
        runs = RunFinder.openAll(family);
        assertEquals(3, runs.size());
    }

    private Ending<EvaluateAllJob.Result> evaluate(Stop stop, String... options) throws IOException {
        Map<String, String> values = options.length == 0 ? Map.of() : Map.of(options[0], options[1]);
        return new EvaluateAllJob(runs, Layer.options(values)).run(Progress.silent(), stop, told::add);
    }

    private EvaluateAllJob.Result evaluated(String... options) throws IOException {
        return assertInstanceOf(Ending.Finished.class, evaluate(() -> false, options))
                                .result()
                        instanceof EvaluateAllJob.Result result
                ? result
                : null;
    }

    /** The content of every run's evaluation.json. */
    private List<String> written() throws IOException {
        List<String> contents = new ArrayList<>();
        for (RunDirectory run : runs) {
            contents.add(Files.readString(run.evaluation()));
        }
        return contents;
    }

    /** What every run's evaluation.json is if it is evaluated alone; the runs are as before. */
    private List<String> alone() throws IOException {
        for (RunDirectory run : runs) {
            new EvaluateJob(run, ConfigReader.read(run.settings(told -> {}))).run(Progress.silent(), () -> false);
        }
        List<String> alone = written();
        for (RunDirectory run : runs) {
            Files.delete(run.evaluation());
            Files.delete(run.evaluationLedger());
        }
        return alone;
    }

    @Test
    void everyRunGetsTheBytesOfItsEvaluationAlone() throws IOException {
        List<String> alone = alone();
        EvaluateAllJob.Result result = evaluated();
        assertEquals(alone, written());
        assertEquals(runs, List.copyOf(result.evaluated().keySet()));
        assertEquals(
                List.of(1, 2, 2),
                result.evaluated().values().stream()
                        .map(evaluation -> evaluation.results().size())
                        .toList());
        assertEquals(List.of(), result.leftOut());
        assertFalse(Files.exists(runs.get(0).path().resolve("lock")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 13})
    void anInterruptedEvaluationGoesOnToTheSameBytes(int epochs) throws IOException {
        List<String> alone = alone();
        AtomicInteger asked = new AtomicInteger();
        Ending<EvaluateAllJob.Result> ending = evaluate(() -> asked.incrementAndGet() >= epochs);
        assertEquals(
                "interrupted; the same command goes on with what is left",
                ((Ending.Interrupted<EvaluateAllJob.Result>) ending).advice());
        assertFalse(Files.exists(runs.get(0).evaluation()));
        evaluated();
        assertEquals(alone, written());
    }

    @Test
    @SuppressWarnings("try") // the lock is held, not used
    void aRunWithADamagedSetAndOneInUseAreLeftOut() throws IOException {
        List<String> alone = alone();
        Files.writeString(runs.get(0).synthetic(), "damaged");
        EvaluateAllJob.Result result;
        try (DirectoryLock lock = runs.get(1).lock()) {
            result = evaluated();
        }
        assertEquals(List.of(runs.get(2)), List.copyOf(result.evaluated().keySet()));
        assertEquals(told, result.leftOut());
        assertEquals(
                runs.subList(0, 2),
                told.stream().map(EvaluateAllJob.LeftOut::run).toList());
        assertTrue(told.get(0).reason().getMessage().startsWith(runs.get(0).synthetic() + ": "), told.toString());
        assertTrue(told.get(1).reason().getMessage().contains("in use by"), told.toString());
        assertEquals(alone.get(2), Files.readString(runs.get(2).evaluation()));
        assertFalse(Files.exists(runs.get(1).evaluation()));
    }

    @Test
    void aRunThatIsRemovedMeanwhileIsLeftOut() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        EvaluateAllJob.Result result = ((Ending.Finished<EvaluateAllJob.Result>) evaluate(() -> {
                    try {
                        if (asked.incrementAndGet() == 1) {
                            Files.delete(runs.get(2).config());
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return false;
                }))
                .result();
        assertEquals(runs.subList(0, 2), List.copyOf(result.evaluated().keySet()));
        assertEquals(1, result.leftOut().size());
        assertTrue(told.get(0).reason().getMessage().contains("was removed"), told.toString());
    }

    @Test
    void settingsThatOneRunDoesNotAllowLeaveTheOthersGoing() throws IOException {
        EvaluateAllJob.Result result = evaluated("sizes", "2");
        assertEquals(runs.subList(1, 3), List.copyOf(result.evaluated().keySet()));
        assertTrue(told.get(0).reason().getMessage().contains("--sizes 2"), told.toString());
    }

    @Test
    void whatAllRunsFailForIsTheFailureOfTheJob() {
        assertTrue(assertThrows(ConfigException.class, () -> evaluate(() -> false, "epochs", "none"))
                .getMessage()
                .startsWith("--epochs none: "));
        Path none = folder.resolve("none");
        assertTrue(assertThrows(DataException.class, () -> evaluate(() -> false, "data-dir", none.toString()))
                .getMessage()
                .contains(none.toString()));
        assertEquals(List.of(), told);
    }
}
