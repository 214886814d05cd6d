package io.mdc.cli;

import io.mdc.data.Cache;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.Datasets;
import io.mdc.data.Download;
import io.mdc.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the data sets this program knows. */
@Command(name = "list", description = "List the data sets.")
final class DataListCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    /** What scripts read of a data set. */
    private record Line(String name, String description, long bytes, String cached, String citation, String homepage) {}

    DataListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Line> lines = Datasets.sources().stream()
                .map(DatasetSource::card)
                .map(DataListCommand::line)
                .toList();
        if (json) {
            console.out().print(Json.text(lines));
            return ExitCode.DONE;
        }
        Table table = new Table("name", "what it is", "to fetch", "cached in");
        for (Line line : lines) {
            String size = line.bytes() == 0 ? "-" : line.bytes() / 1_000_000 + " MB";
            table.row(line.name(), line.description(), size, line.cached().isEmpty() ? "-" : line.cached());
        }
        console.out().print(table);
        return ExitCode.DONE;
    }

    private static Line line(DatasetCard card) {
        Path cached = Cache.directory().resolve(card.name());
        long bytes = card.downloads().stream().mapToLong(Download::bytes).sum();
        boolean there =
                bytes > 0 && card.downloads().stream().allMatch(file -> Files.exists(cached.resolve(file.file())));
        return new Line(
                card.name(),
                card.description(),
                bytes,
                there ? cached.toString() : "",
                card.citation(),
                card.homepage());
    }
}
