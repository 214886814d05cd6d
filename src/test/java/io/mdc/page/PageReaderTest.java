package io.mdc.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Json;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunState;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of runs in every state. */
class PageReaderTest {
    @TempDir
    private Path folder;

    @Test
    void aFinishedRunHasEverything() throws IOException {
        Page page = MadeRun.finished(folder.resolve("run")).page();
        RunView run = page.runs().get(0);
        assertEquals("Run run", page.title());
        assertEquals(
                "A run of mdc on cifar10 with 10 images per class, finished: networks trained on its prefixes reach on"
                        + " average 65.0 % over 2 sizes.",
                page.summary());
        assertEquals(RunState.FINISHED, run.state());
        assertEquals(List.of(), run.faults());
        assertTrue(run.images().isPresent()
                && run.timeline().isPresent()
                && run.distances().isPresent());
        assertEquals(2, page.losses().size());
        assertEquals(List.of("size 10", "average"), names(page.course().get(0)));
        assertEquals(List.of("more than half of the pixels <saturated>"), run.warnings());
        assertEquals("13 s", page.timings().rows().get(0).get(7).text());
    }

    private static List<String> names(Chart chart) {
        return chart.series().stream().map(Chart.Series::name).toList();
    }

    @Test
    void thePapersCurvesStandBesideARunOfItsDataSetAndSize() throws IOException {
        Page.Accuracy accuracy = MadeRun.finished(folder.resolve("run")).page().accuracy();
        Chart chart = accuracy.charts().get(0);
        assertEquals(
                List.of(Chart.Origin.HERE, Chart.Origin.PAPER, Chart.Origin.PAPER, Chart.Origin.PAPER),
                chart.series().stream().map(Chart.Series::origin).limit(4).toList());
        Chart.Series paper = chart.series().get(chart.series().size() - 1);
        assertEquals("paper: MDC", paper.name());
        assertEquals(new Chart.Point(1, 49.66, 0), paper.points().get(0));
        assertEquals(1, chart.series().get(0).points().get(0).deviation());
        assertTrue(accuracy.scale()
                .startsWith("the scale differs, so compare shapes, not heights. run: width 32 (paper 128)"));
        assertTrue(MadeRun.finished(folder.resolve("ipc"), "ipc", "11")
                .page()
                .accuracy()
                .paper()
                .isEmpty());
    }

    @Test
    void thePapersCurvesAreOfTheNetworkThatItTrained() throws IOException {
        MadeRun run = MadeRun.finished(
                folder.resolve("run"),
                "dataset",
                "imagenet10",
                "size",
                "64",
                "ipc",
                "20",
                "sizes",
                "1,10",
                "network",
                "resnet10-ap");
        evaluation(run, "convnet", Map.of("100", Map.of(1, 30.0)));
        assertEquals(List.of("run"), names(run.page().accuracy().charts().get(0)));
        evaluation(run, "resnet10-ap", Map.of("100", Map.of(1, 40.0)));
        Chart chart = run.page().accuracy().charts().get(0);
        assertTrue(names(chart).contains("paper: MDC"), names(chart).toString());
        String scale = run.page().accuracy().scale();
        assertFalse(scale.contains("width"), scale);
        assertTrue(scale.contains("epochs 100 (paper 1000)"), scale);
    }

    @Test
    void anotherNetworkToCondenseWithIsADifference() throws IOException {
        String scale = MadeRun.finished(folder.resolve("run"), "network", "resnet10")
                .page()
                .accuracy()
                .scale();
        assertTrue(scale.contains("network resnet10 (paper convnet)"), scale);
    }

    @Test
    void thePapersNumbersHaveItsDigits() throws IOException {
        Sheet paper = MadeRun.finished(folder.resolve("run"))
                .page()
                .accuracy()
                .paper()
                .get(0);
        assertEquals("67.50†", paper.rows().get(0).get(10).text());
    }

    @Test
    void curvesOfSeveralSizesAreToldApart() throws IOException {
        Page page = PageReader.read(List.of(
                MadeRun.finished(folder.resolve("ten")).directory(),
                MadeRun.finished(folder.resolve("fifty"), "ipc", "50", "sizes", "1,10")
                        .directory()));
        List<String> names = names(page.accuracy().charts().get(0));
        assertEquals(names.size(), names.stream().distinct().count(), names.toString());
        assertTrue(names.contains("paper: MDC, cifar10 with 10 images per class"), names.toString());
        assertTrue(names.contains("paper: MDC, cifar10 with 50 images per class"), names.toString());
        List<Integer> kinds = page.accuracy().charts().get(0).series().stream()
                .map(Chart.Series::kind)
                .toList();
        assertEquals(kinds.size(), kinds.stream().distinct().count(), kinds.toString());
    }

    @Test
    void curvesOfAnotherDataSetAreNotInTheChart() throws IOException {
        Page page = PageReader.read(List.of(
                MadeRun.finished(folder.resolve("cifar")).directory(),
                MadeRun.begun(folder.resolve("svhn"), "running", 1, "dataset", "svhn")
                        .directory()));
        assertTrue(names(page.accuracy().charts().get(0)).stream().noneMatch(name -> name.contains("svhn")));
    }

    @Test
    void distancesAreCalledWhatWasMeasured() throws IOException {
        Chart features =
                MadeRun.finished(folder.resolve("run")).view().distances().orElseThrow();
        assertEquals("Mean feature distance of every prefix", features.title());
        assertTrue(features.description().contains("; the subset is selected by its change."), features.description());
        Chart shares = MadeRun.finished(folder.resolve("other"), "metric", "accuracy", "selection", "distance")
                .view()
                .distances()
                .orElseThrow();
        assertEquals("Mean error of every prefix", shares.title());
        assertTrue(
                shares.description().startsWith("Share of real images ")
                        && shares.description().contains("the subset with the largest is selected"),
                shares.description());
    }

    @Test
    void aComparisonWithRealImagesIsATableOfTheRunOrOfAll() throws IOException {
        MadeRun run = MadeRun.compared(folder.resolve("run"));
        List<Sheet> alone = run.page().accuracy().real();
        assertEquals(
                List.of("last epoch", "best of four"),
                alone.stream().map(sheet -> sheet.labels().get("accuracy")).toList());
        assertEquals("network", alone.get(0).headings().get(0));
        assertEquals("51.0 ± 1.0", alone.get(0).rows().get(0).get(3).text());
        assertTrue(run.page().tables().stream()
                .map(Sheet::headings)
                .toList()
                .contains(alone.get(0).headings()));
        Page page = PageReader.read(
                List.of(MadeRun.finished(folder.resolve("other")).directory(), run.directory()));
        Sheet both = page.accuracy().real().get(0);
        assertEquals("run", both.headings().get(0));
        assertEquals(1, both.rows().size());
        assertEquals("run", both.rows().get(0).get(0).text());
        new CondensedSet(new float[2 * 3 * 4 * 4], new int[] {2, 3, 4, 4}, 2, 2)
                .write(run.directory().synthetic());
        assertEquals(List.of(), run.page().accuracy().real());
        assertTrue(
                run.view().faults().stream().anyMatch(fault -> fault.contains("robust.json: damaged, or of other")),
                () -> "" + folder);
    }

    @Test
    void aRunThatGoesOnSaysSoAndShowsWhatThereIs() throws IOException {
        MadeRun run = MadeRun.begun(folder.resolve("run"), "running", 2);
        assertEquals(RunState.STOPPED, run.view().state());
        Files.writeString(
                run.file("lock"),
                Json.line(Map.of(
                        "process",
                        ProcessHandle.current().pid(),
                        "host",
                        InetAddress.getLocalHost().getHostName(),
                        "since",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())));
        RunView view = run.view();
        assertEquals(RunState.RUNNING, view.state());
        assertEquals("still running, now at 2 of 4 outer loops; this is what there is so far", view.progress());
        assertEquals(3, view.timeline().orElseThrow().end());
        assertTrue(view.images().isEmpty() && view.faults().isEmpty());
        assertTrue(Files.exists(run.file("lock")), "nothing is taken away");
    }

    @Test
    void aSelectionThatNoneCanBeIsDamage() throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve("run"));
        run.write("mls.jsonl", """
                {"outer":1,"class":null,"selected":1,"frozen":-1,"distance":[1.0],"rate":null}
                {"outer":2,"class":null,"selected":1,"frozen":0,"distance":[1.0],"rate":null}
                """);
        RunView view = run.view();
        assertEquals(List.of("mls.jsonl: 1 of 2 lines are damaged and left out"), view.faults());
        assertEquals(1, view.timeline().orElseThrow().spans().size());
    }

    @Test
    void aLineThatIsBeingWrittenIsNoDamage() throws IOException {
        MadeRun run = MadeRun.begun(folder.resolve("run"), "running", 2);
        Files.writeString(run.file("metrics.jsonl"), "{\"outer\":3,\"inn", StandardOpenOption.APPEND);
        assertEquals(List.of(), run.view().faults());
    }

    @Test
    void anInterruptedRunSaysSo() throws IOException {
        RunView view = MadeRun.begun(folder.resolve("run"), "interrupted", 1).view();
        assertEquals(RunState.STOPPED, view.state());
        assertTrue(view.progress().startsWith("stopped after 1 of 4 outer loops"), view.progress());
    }

    @ParameterizedTest
    @CsvSource({
        "config.yaml, config.yaml: ",
        "manifest.json, manifest.json: not a readable manifest",
        "metrics.jsonl, 'metrics.jsonl: 2 of 2 lines are damaged and left out'",
        "mls.jsonl, 'mls.jsonl: 2 of 2 lines are damaged and left out'",
        "course.jsonl, 'course.jsonl: 2 of 2 lines are damaged and left out'",
        "evaluation.json, evaluation.json: damaged",
        "robust.json, robust.json: damaged",
        "synthetic.npz, synthetic.npz: "
    })
    void aDamagedFileIsOneLine(String file, String line) throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve("run"));
        run.write(file, "damaged <&\"\nfile\n");
        List<String> faults = run.view().faults();
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).contains(line), faults::toString);
        assertTrue(HtmlPage.text(run.page()).contains("Damaged:"));
    }

    @ParameterizedTest
    @CsvSource({"{}", "[]", "null", "'{\"status\": \"finished\"}'", "'{\"outer\": 1, \"last\": null}'"})
    void whatIsJsonButNotTheRightOneIsNoFailure(String json) throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve("run"));
        for (String file : List.of(
                "manifest.json", "metrics.jsonl", "mls.jsonl", "course.jsonl", "evaluation.json", "robust.json")) {
            run.write(file, json + "\n");
        }
        assertFalse(HtmlPage.text(run.page()).isEmpty());
    }

    @Test
    void severalRunsStandSideBySideWithWhatDiffers() throws IOException {
        Page page = PageReader.read(List.of(
                MadeRun.finished(folder.resolve("one")).directory(),
                MadeRun.begun(folder.resolve("two"), "interrupted", 1, "seed", "7")
                        .directory()));
        assertEquals(List.of("run", "seed"), page.differing().orElseThrow().headings());
        assertEquals(
                List.of("one 0", "two 7"),
                page.differing().orElseThrow().rows().stream()
                        .map(row ->
                                String.join(" ", row.stream().map(Entry::text).toList()))
                        .toList());
        assertEquals(List.of("one", "two"), names(page.losses().get(0)));
        assertTrue(page.summary().contains("1 stopped, 1 finished"), page.summary());
        List<String> same = Stream.of("a/run", "b/run")
                .map(folder::resolve)
                .map(Path::toString)
                .toList();
        Page alike = PageReader.read(List.of(
                MadeRun.finished(Path.of(same.get(0))).directory(),
                MadeRun.finished(Path.of(same.get(1))).directory()));
        assertEquals(same, alike.runs().stream().map(RunView::name).toList());
        assertTrue(alike.differing().isEmpty());
    }

    private static Evaluation evaluation(MadeRun run, Map<String, Map<Integer, Double>> byEpochs) throws IOException {
        return evaluation(run, "convnet", byEpochs);
    }

    private static Evaluation evaluation(MadeRun run, String network, Map<String, Map<Integer, Double>> byEpochs)
            throws IOException {
        String set = CondensedSet.read(run.directory().synthetic()).sha256();
        List<Protocol> protocols = new ArrayList<>();
        List<PrefixResult> results = new ArrayList<>();
        byEpochs.forEach((epochs, accuracies) -> {
            protocols.add(new Protocol(Map.of("epochs", epochs), 10_000, "d".repeat(64), set));
            accuracies.forEach((size, accuracy) -> {
                Statistic statistic = Statistic.of(List.of(accuracy));
                results.add(new PrefixResult(
                        network,
                        64,
                        size,
                        40 * size,
                        Integer.parseInt(epochs),
                        protocols.size() - 1,
                        statistic,
                        statistic));
            });
        });
        Evaluation evaluation = new Evaluation("elsewhere", protocols, results).checked();
        run.write("evaluation.json", Json.text(evaluation));
        return evaluation;
    }

    @Test
    void theScaleIsThatOfTheEvaluation() throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve("run"), "width", "128", "epochs", "2000", "repeats", "3");
        evaluation(run, Map.of("100", Map.of(1, 50.0, 10, 60.0)));
        String scale = run.page().accuracy().scale();
        assertTrue(scale.contains("width 64 (paper 128)"), scale);
        assertTrue(scale.contains("epochs 100 (paper "), scale);
        assertTrue(scale.contains("repeats 1 (paper "), scale);
    }

    @Test
    void theBestIsNamedOnlyWhereAllAreMeasuredAlike() throws IOException {
        MadeRun one = MadeRun.finished(folder.resolve("one"));
        MadeRun two = MadeRun.finished(folder.resolve("two"));
        evaluation(one, Map.of("100", Map.of(1, 50.0)));
        evaluation(two, Map.of("300", Map.of(1, 70.0)));
        List<RunDirectory> both = List.of(one.directory(), two.directory());
        assertFalse(PageReader.read(both).summary().contains("best"), () -> PageReader.read(both)
                .summary());
        Map<String, Map<Integer, Double>> more = new LinkedHashMap<>();
        more.put("100", Map.of(1, 50.0));
        more.put("300", Map.of(1, 60.0));
        evaluation(one, more);
        assertTrue(
                PageReader.read(both).summary().endsWith("the best on average is two with 70.0 % over 1 size."),
                () -> PageReader.read(both).summary());
        assertTrue(
                one.page().summary().endsWith("reach on average 60.0 % over 1 size."),
                one.page().summary());
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "mls.jsonl", "course.jsonl", "evaluation.json", "robust.json"})
    void whatCannotBeReadAtAllIsOneLineToo(String file) throws IOException {
        for (String status : List.of("finished", "running")) {
            MadeRun run = MadeRun.begun(folder.resolve(status), status, 2);
            Files.deleteIfExists(run.file(file));
            Files.createDirectory(run.file(file));
            List<String> faults = run.view().faults();
            assertEquals(
                    List.of(run.file(file) + ": cannot be read: a directory is in its place"),
                    faults.stream().filter(fault -> fault.contains(file)).toList());
        }
    }
}
