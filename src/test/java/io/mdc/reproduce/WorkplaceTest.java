package io.mdc.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.condense.LoopMetrics;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.method.Method;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.FinishedRun;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkplaceTest {
    private static final String END = "# the end of the settings, of a test\n";
    private static final Map<String, String> SVHN = Map.of("dataset", "svhn");

    @TempDir
    private Path folder;

    private static Setup setup(Scale scale, Map<String, String> options) {
        return new Setup(scale, 1, Layer.options(options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scale\": \"huge\", \"settings\": {}}",
                "{\"scale\": \"smoke\"}",
                "{\"scale\": \"smoke\", \"settings\": {\"dataset\": \"none\"}}",
                "{\"scale\": \"smoke\", \"settings\": {\"threads\": null}}",
                "{\"scale\": \"smoke\", \"settings\": {}, \"seeds\": 0}",
                "[",
                ""
            })
    void aDamagedFileIsNamed(String content) throws IOException {
        Path file = folder.resolve("reproduce.json");
        Files.writeString(file, content);
        Files.createDirectories(folder.resolve("runs/begun"));
        DataException refused = assertThrows(DataException.class, () -> new Workplace(folder).scale());
        assertEquals(file + ": damaged; it must say {\"scale\": …, \"settings\": {…}}", refused.getMessage());
    }

    @Test
    void theDirectoryOfAnotherRunIsNotTakenForOne() throws IOException {
        Setup setup = setup(Scale.SMOKE, Map.of());
        Block block = new Block("CIFAR-10", 10);
        PlannedRun mdc = setup.run(block, Recipe.of(Method.MDC), 0);
        PlannedRun idc = setup.run(block, Recipe.of(Method.IDC), 0);
        Path place = Files.createDirectories(folder.resolve(mdc.name()));
        Findings findings = new Findings(folder, AccuracyKind.LAST);
        assertEquals(Optional.empty(), findings.directory(mdc));
        Files.writeString(place.resolve("config.yaml"), idc.config().toYaml() + END);
        ConfigException refused = assertThrows(ConfigException.class, () -> findings.isFinished(mdc));
        assertEquals(
                place.resolve("config.yaml") + ": method is idc, not mdc: it is of another run; name another directory",
                refused.getMessage());
        Files.writeString(place.resolve("config.yaml"), mdc.config().toYaml() + END);
        assertFalse(new Findings(folder, AccuracyKind.LAST).isFinished(mdc));
    }

    @Test
    void aRunWhoseImagesAreDamagedIsNotFinished() throws IOException {
        PlannedRun run = setup(Scale.SMOKE, Map.of()).run(new Block("CIFAR-10", 2), Recipe.of(Method.MDC), 0);
        RunDirectory made = FinishedRun.in(folder, run);
        assertTrue(new Findings(folder, AccuracyKind.LAST).isFinished(run));
        Files.writeString(made.synthetic(), "damaged");
        assertFalse(new Findings(folder, AccuracyKind.LAST).isFinished(run));
    }

    @Test
    void outerLoopsThatWereDoneToTheirEndAreCounted() throws IOException {
        PlannedRun run =
                setup(Scale.SMOKE, Map.of("inner", "3")).run(new Block("CIFAR-10", 10), Recipe.of(Method.MDC), 0);
        assertEquals(0, new Findings(folder, AccuracyKind.LAST).outerDone(run));
        Path metrics = NewRun.create(folder.resolve(run.name()), run.config()).metrics();
        assertEquals(0, new Findings(folder, AccuracyKind.LAST).outerDone(run));
        for (int loop = 0; loop < 7; loop++) {
            LoopMetrics line = new LoopMetrics(1 + loop / 3, 1 + loop % 3, 3, 2, 1, null, 0.5);
            Files.writeString(metrics, Json.line(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertEquals(2, new Findings(folder, AccuracyKind.LAST).outerDone(run));
    }

    /** What a command does that ends before it has made a run. */
    private static void take(Workplace workplace, Setup setup) throws IOException {
        workplace.take(setup).close();
    }

    /** A directory with a run of a setup. */
    private Workplace begun(Setup setup) throws IOException {
        Workplace workplace = new Workplace(folder.resolve("out"));
        take(workplace, setup);
        Files.createDirectories(workplace.runs().resolve("begun"));
        return workplace;
    }

    private static String refused(Workplace workplace, Setup setup) throws IOException {
        String looked = assertThrows(ConfigException.class, () -> workplace.require(setup))
                .getMessage();
        assertEquals(
                looked,
                assertThrows(ConfigException.class, () -> workplace.take(setup)).getMessage());
        return looked.replace("--out " + workplace.path() + ": ", "");
    }

    @Test
    void aCommandThatMadeNoRunDecidesNothingForLaterOnes() throws IOException {
        Workplace workplace = new Workplace(folder.resolve("out"));
        take(workplace, setup(Scale.CPU, Map.of("data-dir", "nowhere")));
        assertEquals(Optional.empty(), workplace.scale());
        assertEquals(Map.of(), workplace.settings().values());
        workplace.require(setup(Scale.PAPER, SVHN));
        take(workplace, setup(Scale.PAPER, SVHN));
        Files.createDirectories(workplace.runs().resolve("begun"));
        assertEquals(Optional.of(Scale.PAPER), workplace.scale());
        assertEquals(SVHN, workplace.settings().values());
    }

    @Test
    void aDirectoryIsForRunsOfOneKindOnceItHasOne() throws IOException {
        Workplace workplace = begun(setup(Scale.PAPER, SVHN));
        take(workplace, setup(Scale.PAPER, Map.of("dataset", "svhn", "data-dir", "/somewhere")));
        assertEquals(
                "was begun with --scale paper --dataset svhn, not --scale cpu; name another directory",
                refused(workplace, setup(Scale.CPU, Map.of())));
        assertEquals(
                Map.of("dataset", "svhn", "data-dir", "/somewhere"),
                workplace.settings().values(),
                "where the files are now");
    }

    /** How many runs of a kind a command has that does not say how many. */
    private static long runs(Workplace workplace) throws IOException {
        Reproduction table = Reproduction.in(
                workplace.path(),
                Exhibit.TABLE_3,
                Optional.empty(),
                OptionalInt.empty(),
                Layer.options(Map.of("dataset", "svhn", "data-dir", "/somewhere")));
        return table.plan(Share.ALL).rows().stream()
                .filter(row -> row.get(0).text().startsWith("svhn_idc_"))
                .count();
    }

    @Test
    void asManySeedsAsWereAskedForAtMostAreThereLater() throws IOException {
        Workplace workplace = begun(setup(Scale.CPU, SVHN));
        assertEquals(1, runs(workplace));
        take(workplace, new Setup(Scale.CPU, 3, Layer.options(SVHN)));
        take(workplace, setup(Scale.CPU, SVHN));
        assertEquals(3, runs(workplace));
        Files.writeString(
                workplace.path().resolve("reproduce.json"),
                "{\"scale\": \"cpu\", \"settings\": {\"dataset\": \"svhn\"}}");
        assertEquals(2, runs(workplace), "written by an earlier version");
    }

    @Test
    @SuppressWarnings("try") // the directory is kept, not used
    void seedsThatAreAddedBesideAProcessAtWorkAreKept() throws IOException {
        Workplace workplace = begun(setup(Scale.CPU, SVHN));
        try (Closeable work = workplace.take(setup(Scale.CPU, SVHN))) {
            take(workplace, new Setup(Scale.CPU, 4, Layer.options(SVHN)));
        }
        assertEquals(OptionalInt.of(4), workplace.seeds());
    }

    @Test
    void ownImagesOfAnotherDirectoryAreAnotherDataSet() throws IOException {
        Workplace workplace = begun(setup(Scale.CPU, Map.of("dataset", "folder", "data-dir", "/cats")));
        assertEquals(
                "was begun with --scale cpu --data-dir /cats --dataset folder,"
                        + " not --scale cpu --data-dir /cars --dataset folder; name another directory",
                refused(workplace, setup(Scale.CPU, Map.of("dataset", "folder", "data-dir", "/cars"))));
    }

    @Test
    void whatIsComputedWithIsOfACommandAlone() throws IOException {
        Workplace workplace = begun(setup(Scale.CPU, Map.of("dataset", "svhn", "threads", "3", "chunk", "7")));
        assertEquals(SVHN, workplace.settings().values());
        take(workplace, setup(Scale.CPU, Map.of("dataset", "svhn", "threads", "1")));
        Files.writeString(
                workplace.path().resolve("reproduce.json"),
                "{\"scale\": \"cpu\", \"settings\": {\"dataset\": \"svhn\", \"threads\": \"2\"}}");
        assertEquals(SVHN, workplace.settings().values(), "written by an earlier version");
        workplace.require(setup(Scale.CPU, SVHN));
    }

    @Test
    @SuppressWarnings("try") // the directory is kept, not used
    void whileOneIsAtWorkAnotherCanOnlyDoTheSame() throws IOException {
        Workplace workplace = new Workplace(folder.resolve("out"));
        Setup first = setup(Scale.CPU, SVHN);
        try (Closeable work = workplace.take(first)) {
            assertEquals(Optional.of(Scale.CPU), workplace.scale());
            take(workplace, first);
            assertEquals(
                    "was begun with --scale cpu --dataset svhn, not --scale smoke; name another directory",
                    refused(workplace, setup(Scale.SMOKE, Map.of())));
        }
        workplace.require(setup(Scale.SMOKE, Map.of()));
    }

    @Test
    void filesAreNamedByPathsThatHoldEverywhere() throws IOException {
        Path classes = Files.writeString(folder.resolve("classes.txt"), "cat\ndog\n");
        Path relative = Path.of("").toAbsolutePath().relativize(classes);
        Map<String, String> given = Map.of("classes", relative.toString(), "data-dir", "cats", "threads", "2");
        assertEquals(
                Map.of(
                        "classes",
                        classes.toString(),
                        "data-dir",
                        Path.of("cats").toAbsolutePath().toString(),
                        "threads",
                        "2"),
                Begun.absolute(Layer.options(given)).values());
    }

    @Test
    void whatAnotherProcessIsJustMakingIsNoOtherFile() throws IOException {
        Setup setup = setup(Scale.CPU, Map.of());
        Files.writeString(folder.resolve(".reproduce.json.0f8fad5b-d9cb-469f-a165-70867728950e.part"), "{");
        take(new Workplace(folder), setup);
        assertTrue(Files.exists(folder.resolve("reproduce.json")));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.tex"), "");
        ConfigException refused = assertThrows(ConfigException.class, () -> new Workplace(other).take(setup));
        assertEquals(
                "--out " + other + ": holds other files and no reproduce.json; name another directory",
                refused.getMessage());
    }
}
