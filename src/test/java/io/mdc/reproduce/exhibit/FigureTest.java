package io.mdc.reproduce.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Json;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.directory.RunDirectory;
import io.mdc.report.chart.Grid;
import io.mdc.report.chart.Theme;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.FinishedRun;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.Layer;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of runs that were made up. */
class FigureTest {
    private static final Setup SETUP = new Setup(Scale.SMOKE, 1, Layer.options(Map.of("threads", "1")));

    @TempDir
    private Path runs;

    private Findings findings() {
        return new Findings(runs, AccuracyKind.LAST);
    }

    @Test
    void aClassWiseSelectionShowsWhatIsFrozen() throws IOException {
        SelectionFigure figure = (SelectionFigure) Exhibit.FIGURE_9.content();
        RunDirectory directory = FinishedRun.in(runs, figure.needs(SETUP).get(0).run());
        Files.writeString(
                directory.selections(),
                Json.line(new MlsEvent(1, 0, 1, 0, List.of(), null)) + "\n"
                        + Json.line(new MlsEvent(2, 0, 4, 1, List.of(), null)) + "\n");
        Grid grid = (Grid) figure.picture(SETUP, findings(), Theme.LIGHT).orElseThrow();
        assertEquals(
                List.of(Grid.State.FILLED, Grid.State.HATCHED),
                grid.squares().get(0).stream().map(Grid.Square::state).toList());
        assertEquals("4", grid.squares().get(0).get(1).text());
        assertEquals(Grid.State.EMPTY, grid.squares().get(1).get(0).state());
        assertEquals("some frozen", grid.legend().get(1).meaning());
    }

    @Test
    void theClassInAFrameIsNamedAsItsDataSetNamesIt() {
        List<String> imageNet = ImageFolder.imageNet10().card().classNames();
        assertTrue(imageNet.contains(((ImagesFigure) Exhibit.FIGURE_15.content()).marked()), imageNet.toString());
    }

    @Test
    void aFrameAroundAnotherClassIsTold() throws IOException {
        ImagesFigure figure = (ImagesFigure) Exhibit.FIGURE_15.content();
        assertEquals(
                "stored images; the frame is around the first of class n02091831",
                figure.sheets(SETUP, findings()).get(0).note());
        FinishedRun.in(runs, figure.needs(SETUP).get(0).run());
        String note = figure.sheets(SETUP, findings()).get(0).note();
        assertTrue(
                note.matches(
                        "stored images; the frame is around the first of class \\w+, as there is no class n02091831"),
                note);
    }
}
