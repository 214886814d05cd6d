package io.mdc.reproduce.exhibit;

import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import io.mdc.report.chart.ImagePanels;
import io.mdc.report.chart.Picture;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Entry;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Block;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Recipe;
import io.mdc.reproduce.plan.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Condensed images side by side, the first image of one class, or else of the first, in a frame in each (Figures 6, 10
 * to 15).
 *
 * @param number of the figure
 * @param block data set and images per class
 * @param recipes by title, from the left; copied
 * @param marked the class whose first image has a frame
 * @param alone whether only that class is shown
 */
record ImagesFigure(int number, Block block, Map<String, Recipe> recipes, String marked, boolean alone)
        implements Content {
    private static final int SEED = 0;
    /** Images are drawn about this large. */
    private static final int SIDE = 64;

    ImagesFigure {
        recipes = new LinkedHashMap<>(recipes);
    }

    /** The paper's three: one image condensed alone, all condensed alone, and the method's. */
    static ImagesFigure compared(int number, Block block, Map<String, String> settings, String marked, boolean alone) {
        Recipe idc = new Recipe(TableRows.IDC.method(), settings);
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put("IDC, size 1", idc.with("ipc", 1));
        recipes.put("IDC, size " + block.ipc(), idc);
        recipes.put("MDC, size " + block.ipc(), new Recipe(TableRows.OURS.method(), settings));
        return new ImagesFigure(number, block, recipes, marked, alone);
    }

    @Override
    public List<Need> needs(Setup setup) {
        return recipes.values().stream()
                .map(recipe -> new Need(run(setup, recipe), Optional.empty(), List.of()))
                .toList();
    }

    @Override
    public List<Sheet> sheets(Setup setup, Findings findings) {
        List<List<Entry>> rows = new ArrayList<>();
        List<String> classes = List.of();
        for (Map.Entry<String, Recipe> titled : recipes.entrySet()) {
            Optional<RunDirectory> run = finished(setup, titled.getValue(), findings);
            rows.add(List.of(
                    Entry.text(titled.getKey()),
                    run.map(made -> Entry.text(made.picture().toString())).orElse(Entry.nothing())));
            classes = run.map(ImagesFigure::classes).orElse(classes);
        }
        return List.of(
                new Sheet(PaperSheets.labels(name(setup), setup), List.of("images", "file"), rows, note(classes)));
    }

    private String name(Setup setup) {
        return "Figure " + number + ", " + setup.dataset().orElse(block.dataset());
    }

    private String note(List<String> classes) {
        boolean other = !classes.isEmpty() && !classes.contains(marked);
        return "stored images; the frame is around the first of class " + (other ? classes.get(0) : marked)
                + (other ? ", as there is no class " + marked : "");
    }

    private Optional<RunDirectory> finished(Setup setup, Recipe recipe, Findings findings) {
        return findings.finished(run(setup, recipe));
    }

    private static List<String> classes(RunDirectory run) {
        return new RunRecords(run).classNames();
    }

    @Override
    public Optional<Picture> picture(Setup setup, Findings findings, Theme theme) {
        List<ImagePanels.Panel> panels = new ArrayList<>();
        List<String> names = List.of();
        int frame = 0;
        for (Map.Entry<String, Recipe> titled : recipes.entrySet()) {
            Optional<RunDirectory> run = finished(setup, titled.getValue(), findings);
            if (run.isEmpty()) {
                return Optional.empty();
            }
            names = classes(run.get());
            frame = Math.max(0, names.indexOf(marked));
            panels.add(panel(titled.getKey(), run.get().synthetic(), frame));
        }
        return Optional.of(new ImagePanels(panels, alone ? names.subList(frame, frame + 1) : names, theme));
    }

    private ImagePanels.Panel panel(String title, Path file, int frame) {
        CondensedSet set = CondensedSet.read(file);
        int first = alone ? frame : 0;
        ImageSheet sheet = new ImageSheet(
                alone ? 1 : set.classes(),
                set.ipc(),
                set.channels(),
                set.height(),
                set.width(),
                Math.max(1, SIDE / set.height()));
        return new ImagePanels.Panel(
                title,
                sheet,
                (row, column, channel, y, x) -> set.pixel((first + row) * set.ipc() + column, channel, y, x),
                alone ? 0 : frame,
                0);
    }

    private PlannedRun run(Setup setup, Recipe recipe) {
        return setup.run(block, recipe, SEED);
    }
}
