package io.mdc.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.method.Method;
import io.mdc.report.Progress;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.FinishedRun;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.Plan;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.run.Ending;
import io.mdc.setting.Layer;
import io.mdc.testing.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the built-in images whose condensed sets are of other data. */
class ReproduceJobTest {
    private static final Recipe IDC = Recipe.of(Method.IDC);
    private static final Recipe OURS = Recipe.of(Method.MDC);
    private static final Block BLOCK = new Block("CIFAR-10", 2);
    private static final Setup SMALL = setup(Map.of("threads", "1"));

    @TempDir
    private Path runs;

    private static Setup setup(Map<String, String> options) {
        return new Setup(Scale.SMOKE, 1, Layer.options(options));
    }

    private Ending<Map<String, String>> done(List<Need> needs) throws IOException {
        return new ReproduceJob(Plan.of(needs), runs, Progress.silent(), () -> false).run();
    }

    private Map<?, ?> failed(List<Need> needs) throws IOException {
        return assertInstanceOf(
                Map.class, assertInstanceOf(Ending.Finished.class, done(needs)).result());
    }

    private static Need evaluated(PlannedRun run) {
        return new Need(run, Optional.of(run.config().network().network()), List.of(1));
    }

    @Test
    void whatCannotBeJoinedIsLeftOut() throws IOException {
        PlannedRun joined = SMALL.joined(BLOCK, IDC, 0);
        for (PlannedRun part : joined.parts()) {
            FinishedRun.in(runs, part);
        }
        Map<?, ?> failed = failed(List.of(evaluated(joined)));
        assertEquals(Set.of(joined.name()), failed.keySet());
        assertTrue(failed.get(joined.name()).toString().contains("synthetic.npz: "), failed.toString());
    }

    @Test
    void whatCannotBeEvaluatedIsLeftOutAndAllThatCannotEachForItsOwnReason() throws IOException {
        PlannedRun first = SMALL.run(BLOCK, IDC, 0);
        PlannedRun second = SMALL.run(BLOCK, OURS, 0);
        for (PlannedRun run : List.of(first, second)) {
            FinishedRun.in(runs, run);
        }
        assertEquals(
                Set.of(first.name(), second.name()),
                failed(List.of(evaluated(first), evaluated(second))).keySet());
    }

    /**
     * Another process has the second run that is to be evaluated, from when it is chosen until the first is left out.
     */
    private static final class Held {
        private final Path runs;
        private Optional<DirectoryLock> lock = Optional.empty();
        private String name = "";

        Held(Path runs) {
            this.runs = runs;
        }

        void told(String line) {
            try {
                if (line.startsWith("evaluating ") && name.isEmpty()) {
                    name = line.split(" ")[2];
                    lock = Optional.of(DirectoryLock.take(runs.resolve(name)));
                } else if (line.contains(": left out: ") && lock.isPresent()) {
                    lock.get().close();
                    lock = Optional.empty();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void whatAnotherProcessHadForAMomentHasNotFailed() throws IOException {
        List<Need> needs = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            PlannedRun run = SMALL.run(BLOCK, IDC, seed);
            FinishedRun.in(runs, run);
            needs.add(evaluated(run));
        }
        Held held = new Held(runs);
        Ending<Map<String, String>> ending =
                new ReproduceJob(Plan.of(needs), runs, new Told(held::told), () -> false).run();
        Map<?, ?> failed =
                (Map<?, ?>) assertInstanceOf(Ending.Finished.class, ending).result();
        assertEquals(5, failed.size());
        assertTrue(failed.get(held.name).toString().contains("synthetic.npz: "), failed.toString());
    }

    @Test
    void whatAllFailForIsTheFailureOfTheJob() throws IOException {
        Path images = runs.resolve("images");
        Setup own = setup(Map.of("dataset", "npz", "data-dir", images.toString(), "threads", "1"));
        PlannedRun first = own.run(BLOCK, IDC, 0);
        PlannedRun second = own.run(BLOCK, OURS, 0);
        for (PlannedRun run : List.of(first, second)) {
            PlannedRun known =
                    new PlannedRun(run.name(), SMALL.run(BLOCK, IDC, 0).config(), List.of());
            Path config = FinishedRun.in(runs, known).config();
            Files.writeString(config, run.config().absolute().toYaml() + "# the end of the settings, of a test\n");
        }
        String failure = assertThrows(DataException.class, () -> done(List.of(evaluated(first), evaluated(second))))
                .getMessage();
        assertTrue(failure.contains(images.toString()), failure);
    }
}
