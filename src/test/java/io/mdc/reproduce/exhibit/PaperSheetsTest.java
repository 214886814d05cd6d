package io.mdc.reproduce.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Json;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.paper.PaperId;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Format;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.Layer;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of accuracies that were made up. */
class PaperSheetsTest {
    private static final Setup SETUP =
            new Setup(Scale.CPU, 2, Layer.options(Map.of("dataset", "cifar10", "data-dir", "/somewhere")));

    private static final TableContent TABLE = new TableContent(PaperId.TABLE_1A);

    @TempDir
    private Path runs;

    /** Writes what an evaluation of a run leaves. */
    private void measured(PlannedRun run, List<Integer> sizes, IntToDoubleFunction accuracy) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(run.name()));
        Files.writeString(
                folder.resolve("config.yaml"), run.config().toYaml() + "# the end of the settings, of a test\n");
        Protocol protocol = new Protocol(run.config().evaluating().shaping(), 10_000, "data", "set");
        List<PrefixResult> results = new ArrayList<>();
        for (int size : sizes) {
            Statistic last = Statistic.of(List.of(accuracy.applyAsDouble(size)));
            Statistic best = Statistic.of(List.of(accuracy.applyAsDouble(size) + 1));
            results.add(new PrefixResult("convnet", 32, size, 40 * size, 100, 0, last, best));
        }
        Files.writeString(
                folder.resolve("evaluation.json"),
                Json.text(new Evaluation(folder.toString(), List.of(protocol), results).checked()));
    }

    private void measureAll() throws IOException {
        for (Need need : TABLE.needs(SETUP)) {
            double base = need.run().name().contains("_mdc_") ? 40 : 30;
            long seed = need.run().config().seed();
            measured(need.run(), need.sizes(), size -> base + size + 2 * seed);
        }
    }

    private String text(AccuracyKind kind) throws IOException {
        return Format.TEXT.write(TABLE.sheets(SETUP, new Findings(runs, kind)));
    }

    @Test
    void measuredIsBesideThePrintedWithAverageAndDifference() throws IOException {
        measureAll();
        String text = text(AccuracyKind.LAST);
        List<String> ours = text.lines().filter(line -> line.startsWith("Ours")).toList();
        assertTrue(ours.get(0).matches("Ours +paper +49\\.66 .* 58\\.37 +\\+5\\.22"), text);
        assertTrue(
                ours.get(1).matches("Ours +here +42\\.0 ± 1\\.0 +43\\.0 ± 1\\.0 .* 46\\.5 ± 1\\.0 +\\+10\\.0"), text);
        assertTrue(ours.get(2).matches("Ours +here - paper +-7\\.7 .*"), text);
        assertTrue(
                text.contains("here: scale cpu, seeds of the runs: 0, 1; accuracy after the last epoch;"
                        + " mean ± std over all networks of a cell"),
                text);
        assertTrue(text.startsWith("Table 1a, CIFAR-10, 10 images per class, here: scale cpu, last epoch:\n"), text);
    }

    @Test
    void theBestOfFourIsNamedAsWhatItIs() throws IOException {
        measureAll();
        String text = text(AccuracyKind.BEST_OF_FOUR);
        assertTrue(text.contains("Ours    here          43.0 ± 1.0"), text);
        assertTrue(text.startsWith("Table 1a, CIFAR-10, 10 images per class, here: scale cpu, best of four:\n"), text);
        assertTrue(text.contains("; the best of four accuracies, chosen on the test set; mean ± std"), text);
    }

    @Test
    void programsAreToldTheScaleTheAccuracyAndTheMarks() throws IOException {
        Setup digits = new Setup(Scale.CPU, 2, Layer.options(Map.of("dataset", "svhn", "data-dir", "/somewhere")));
        List<Sheet> sheets = TABLE.sheets(digits, new Findings(runs, AccuracyKind.LAST));
        List<String> csv = Format.CSV.write(sheets).lines().toList();
        assertTrue(csv.get(0).startsWith("table,dataset,ipc,scale,accuracy,method,from,1,1 mark,2"), csv.get(0));
        assertTrue(
                csv.get(1).startsWith("Table 1a,SVHN,10 images per class,here: scale cpu,last epoch,A,paper,68.5,†"),
                csv.get(1));
        String json = Format.JSON.write(sheets).replaceAll("\\s+", " ");
        assertTrue(json.contains("\"marks\" : { \"1\" : \"†\""), json);
        Setup setup = new Setup(Scale.SMOKE, 1, Layer.options(Map.of()));
        assertEquals(
                List.of("table", "dataset", "ipc", "scale"),
                List.copyOf(new TableContent(PaperId.TABLE_7)
                        .sheets(setup, new Findings(runs, AccuracyKind.LAST))
                        .get(0)
                        .labels()
                        .keySet()),
                "distances are no accuracies");
    }

    @Test
    void thePapersNumbersHaveItsDigits() throws IOException {
        Findings nothing = new Findings(runs, AccuracyKind.LAST);
        String[] tables = {"TABLE_12 59.19*", "TABLE_3 57.08*", "TABLE_7 3012", "TABLE_7 8.32", "TABLE_6 +5.75"};
        for (String table : tables) {
            PaperId id = PaperId.valueOf(table.split(" ")[0]);
            String text = Format.TEXT.write(new TableContent(id).sheets(SETUP, nothing));
            assertTrue(text.matches("(?s).*\\s" + Pattern.quote(table.split(" ")[1]) + "\\s.*"), text);
        }
        String deviations = Format.MARKDOWN.write(new TableContent(PaperId.TABLE_9).sheets(SETUP, nothing));
        assertTrue(deviations.contains("| 50.80 ± 0.3 | 54.85 ± 0.4 |"), deviations);
        assertTrue(Format.CSV.write(TABLE.sheets(SETUP, nothing)).contains(",A,paper,50.8,"), "the value");
    }

    @Test
    void aRateOfChangeHasNoSign() throws IOException {
        TableContent table = new TableContent(PaperId.TABLE_7);
        PlannedRun run = table.needs(SETUP).get(0).run();
        RunDirectory directory = NewRun.create(runs.resolve(run.name()), run.config());
        assertEquals(
                "20 2",
                run.config().loop().inner() + " " + run.config().subset().period());
        Files.writeString(
                directory.selections(),
                Json.line(new MlsEvent(1, null, 1, 0, Collections.nCopies(9, 9.0), null)) + "\n"
                        + Json.line(new MlsEvent(2, null, 1, 0, Collections.nCopies(9, 9.5), null)) + "\n");
        String text = Format.TEXT.write(table.sheets(SETUP, new Findings(runs, AccuracyKind.LAST)));
        assertTrue(text.matches("(?s).*\ndifference +here +-10\\.0 .*\nrate +here +5\\.0 .*"), text);
        assertTrue(text.contains("; the rate is that of the difference without its sign (Eq. 8)"), text);
    }

    @Test
    void ratesOfSmallerSetsAreToldWhereThereAreSome() throws IOException {
        measureAll();
        assertTrue(text(AccuracyKind.LAST).contains("; sets of fewer images move at the rate of the largest"));
        TableContent ablation = new TableContent(PaperId.TABLE_3);
        String text = Format.TEXT.write(ablation.sheets(SETUP, new Findings(runs, AccuracyKind.LAST)));
        assertTrue(text.contains("here: scale cpu"), text);
        assertFalse(text.contains("sets of fewer images"), text);
    }

    @Test
    void anAverageNeedsEverySizeOfEverySeed() throws IOException {
        measureAll();
        Need last = TABLE.needs(SETUP).stream()
                .filter(need -> need.run().name().contains("_mdc_"))
                .reduce((first, second) -> second)
                .orElseThrow();
        measured(last.run(), List.of(1, 2), size -> 50);
        String line = text(AccuracyKind.LAST)
                .lines()
                .filter(each -> each.matches("Ours +here +[0-9].*"))
                .findFirst()
                .orElseThrow();
        assertTrue(line.matches("Ours +here +45\\.5 ± 4\\.5 +46\\.0 ± 4\\.0 +43\\.0 +44\\.0 .* - +-"), line);
    }

    @Test
    void resultsByOtherSettingsAndDamagedFilesDoNotCount() throws IOException {
        measureAll();
        for (Need need : TABLE.needs(SETUP)) {
            Path file = runs.resolve(need.run().name()).resolve("evaluation.json");
            Files.writeString(file, Files.readString(file).replace("\"100\"", "\"101\""));
        }
        assertTrue(text(AccuracyKind.LAST).contains("nothing was measured here yet"));
    }

    @Test
    void figure2cIsThatOfTheTable() throws IOException {
        SizeFigure figure = (SizeFigure) Exhibit.FIGURE_2C.content();
        Findings findings = new Findings(runs, AccuracyKind.LAST);
        assertTrue(figure.picture(SETUP, findings, Theme.LIGHT).isEmpty());
        measureAll();
        Findings now = new Findings(runs, AccuracyKind.LAST);
        assertTrue(figure.picture(SETUP, now, Theme.DARK).isPresent());
        assertEquals(Format.TEXT.write(TABLE.sheets(SETUP, now)), Format.TEXT.write(figure.sheets(SETUP, now)));
    }
}
