package io.mdc.reproduce.exhibit;

import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.report.chart.Grid;
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
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which subset was selected when, and what rested (Figures 5, 7, 8), or that for each class (Figure 9).
 *
 * @param number of the figure
 * @param recipe of the run
 * @param seed of the run
 */
record SelectionFigure(int number, Recipe recipe, int seed) implements Content {
    private static final Block BLOCK = new Block("CIFAR-10", 10);

    @Override
    public List<Need> needs(Setup setup) {
        return List.of(new Need(run(setup), Optional.empty(), List.of()));
    }

    @Override
    public List<Sheet> sheets(Setup setup, Findings findings) throws IOException {
        List<List<Entry>> rows = new ArrayList<>();
        for (MlsEvent event : findings.selections(run(setup))) {
            rows.add(List.of(
                    Entry.count(event.outer()),
                    event.label() == null ? Entry.text("all") : Entry.count(event.label()),
                    Entry.count(event.selected()),
                    Entry.count(event.frozen())));
        }
        return List.of(new Sheet(
                PaperSheets.labels("Figure " + number + ", " + setup.dataset().orElse(BLOCK.dataset()), setup),
                List.of("outer loop", "class", "selected", "frozen"),
                rows,
                "size of the most learnable subset from the next outer loop on, and how many images rest meanwhile;"
                        + " the paper prints no numbers" + (rows.isEmpty() ? "; nothing was measured here yet" : "")));
    }

    @Override
    public Optional<Picture> picture(Setup setup, Findings findings, Theme theme) throws IOException {
        List<MlsEvent> events = findings.selections(run(setup));
        if (events.isEmpty()) {
            return Optional.empty();
        }
        Optional<RunDirectory> directory = findings.directory(run(setup));
        return Optional.of(
                events.get(0).label() == null
                        ? together(setup, events, theme)
                        : byClass(setup, events, new RunRecords(directory.orElseThrow()).classNames(), theme));
    }

    private Grid together(Setup setup, List<MlsEvent> events, Theme theme) {
        int ipc = run(setup).config().synthetic().ipc();
        List<List<Grid.Square>> squares = IntStream.rangeClosed(1, ipc)
                .mapToObj(image ->
                        events.stream().map(event -> square(event, image)).toList())
                .toList();
        return new Grid(
                title(setup),
                "selected after outer loop",
                "image",
                events.stream().map(event -> Integer.toString(event.outer())).toList(),
                IntStream.rangeClosed(1, ipc).mapToObj(Integer::toString).toList(),
                squares,
                List.of(
                        new Grid.Key(Grid.State.FILLED, "in the selected subset"),
                        new Grid.Key(Grid.State.HATCHED, "of it, frozen")),
                theme);
    }

    private static Grid.Square square(MlsEvent event, int image) {
        if (image > event.selected()) {
            return new Grid.Square("", Grid.State.EMPTY, 0);
        }
        return new Grid.Square("", image <= event.frozen() ? Grid.State.HATCHED : Grid.State.FILLED, 1);
    }

    private Grid byClass(Setup setup, List<MlsEvent> events, List<String> classes, Theme theme) {
        List<Integer> loops = events.stream().map(MlsEvent::outer).distinct().toList();
        double most = events.stream().mapToInt(MlsEvent::selected).max().orElse(1);
        List<List<Grid.Square>> squares = IntStream.range(0, classes.size())
                .mapToObj(label -> loops.stream()
                        .map(loop -> events.stream()
                                .filter(event -> event.outer() == loop && event.label() == label)
                                .findFirst()
                                .map(event -> square(event, most))
                                .orElse(new Grid.Square("", Grid.State.EMPTY, 0)))
                        .toList())
                .toList();
        return new Grid(
                title(setup),
                "size selected after outer loop",
                "class",
                loops.stream().map(String::valueOf).toList(),
                classes,
                squares,
                List.of(
                        new Grid.Key(Grid.State.FILLED, "selected size"),
                        new Grid.Key(Grid.State.HATCHED, "some frozen")),
                theme);
    }

    /** The size, the larger the stronger, and whether images of the class rest. */
    private static Grid.Square square(MlsEvent event, double most) {
        return new Grid.Square(
                Integer.toString(event.selected()),
                event.frozen() > 0 ? Grid.State.HATCHED : Grid.State.FILLED,
                0.1 + 0.6 * event.selected() / most);
    }

    private String title(Setup setup) {
        return "Most learnable subsets, " + setup.dataset().orElse(BLOCK.dataset()) + ", seed " + seed;
    }

    private PlannedRun run(Setup setup) {
        return setup.run(BLOCK, recipe, seed);
    }
}
