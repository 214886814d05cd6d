package io.mdc.cli;

import io.mdc.config.ConfigReader;
import io.mdc.config.DataConfig;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.report.ImageSheet;
import io.mdc.report.Progress;
import io.mdc.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is in a data set. */
@Command(
        name = "show",
        description = "Show counts, class balance, channel statistics and some images of a data set.",
        sortOptions = false)
final class DataShowCommand extends ConfiguredCommand {
    private static final int MOST_ROWS = 20;
    private static final int COLUMNS = 10;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to draw a sheet of images, a row per class (default: NAME.png here).")
    private Path out;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    private record ClassCount(String name, int train, int test) {}

    private record Figures(
            String name,
            List<ClassCount> classes,
            int channels,
            int size,
            Normalization measured,
            Normalization used) {}

    DataShowCommand(Console console) {
        super(console, List.of(DataConfig.class));
    }

    @Override
    public Integer call() throws IOException {
        RunConfig config = ConfigReader.read(options());
        Dataset data;
        Progress progress = console().progress();
        try (progress) {
            data = DataLoading.load(config.data(), config.engine().threadsOrCores(), progress);
        }
        Path sheet = out == null ? Path.of(data.name() + ".png") : out;
        draw(data, sheet);
        Figures figures = figures(data);
        console().out().print(json ? Json.text(figures) : text(figures, data) + "sheet  " + sheet + "\n");
        return ExitCode.DONE;
    }

    private static Figures figures(Dataset data) {
        List<ClassCount> counts = new ArrayList<>();
        for (int c = 0; c < data.classes(); c++) {
            counts.add(new ClassCount(
                    data.classNames().get(c),
                    data.train().indicesOfClass(c).length,
                    data.test().indicesOfClass(c).length));
        }
        return new Figures(
                data.name(),
                counts,
                data.train().channels(),
                data.train().height(),
                Normalization.of(data.train()),
                data.normalization());
    }

    private static String text(Figures figures, Dataset data) {
        Table table = new Table("class", "training", "test");
        figures.classes().forEach(count -> table.row(count.name(), count.train(), count.test()));
        table.row("all", data.train().size(), data.test().size());
        return table + "images of " + figures.channels() + "x" + figures.size() + "x" + figures.size()
                + (data.skipped() == 0 ? "" : ", " + data.skipped() + " unreadable ones left out") + "\n"
                + "mean " + numbers(figures.measured().mean()) + ", std "
                + numbers(figures.measured().std())
                + " of the training images; networks are trained with "
                + numbers(figures.used().mean()) + ", "
                + numbers(figures.used().std()) + "\n";
    }

    private static String numbers(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(" "));
    }

    private static void draw(Dataset data, Path file) throws IOException {
        ImageSet set = data.train();
        int rows = Math.min(MOST_ROWS, data.classes());
        int fewest = Integer.MAX_VALUE;
        for (int c = 0; c < rows; c++) {
            fewest = Math.min(fewest, set.indicesOfClass(c).length);
        }
        int columns = Math.max(1, Math.min(COLUMNS, fewest));
        byte[][] images = new byte[rows * columns][];
        for (int i = 0; i < images.length; i++) {
            images[i] = set.image(set.indicesOfClass(i / columns)[i % columns]);
        }
        int plane = set.height() * set.width();
        new ImageSheet(rows, columns, set.channels(), set.height(), set.width(), set.height() < 64 ? 2 : 1)
                .writePng(
                        (row, column, channel, y, x) ->
                                (images[row * columns + column][channel * plane + y * set.width() + x] & 255) / 255f,
                        file);
    }
}
