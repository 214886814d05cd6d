package io.mdc.cli;

import io.mdc.base.Json;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.dataset.Datasets;
import io.mdc.fetch.Download;
import io.mdc.fetch.Downloads;
import io.mdc.report.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the data sets this program knows. */
@Command(
        name = "list",
        description = "List the data sets: what they are, whether they can be fetched, and where they are.",
        footer = {"", "Example: mdc data list --json"},
        sortOptions = false)
final class DataListCommand implements Callable<Integer> {
    private final Console console;
    private final Path cache;

    @Option(names = "--json", description = "Print the list as JSON, with addresses, sizes and checksums.")
    private boolean json;

    /** A data set; {@code fetched} is null unless it is in the cache. */
    private record Entry(
            String name,
            String description,
            boolean readsFiles,
            String citation,
            String homepage,
            List<Download> downloads,
            String fetched) {}

    DataListCommand(Console console, Path cache) {
        this.console = console;
        this.cache = cache;
    }

    @Override
    public Integer call() {
        List<Entry> entries = Datasets.sources().stream().map(this::entry).toList();
        console.out().print(json ? Json.text(entries) : text(entries));
        return ExitCode.DONE;
    }

    private Entry entry(DatasetSource source) {
        DatasetCard card = source.card();
        return new Entry(
                card.name(),
                card.description(),
                source.readsFiles(),
                card.citation(),
                card.homepage(),
                card.downloads(),
                Datasets.fetched(source, cache).map(Path::toString).orElse(null));
    }

    private static String text(List<Entry> entries) {
        Table table = new Table("name", "to fetch", "fetched to", "what it is");
        for (Entry entry : entries) {
            table.row(
                    entry.name(), toFetch(entry), entry.fetched() == null ? "-" : entry.fetched(), entry.description());
        }
        return table + "mdc data fetch NAME fetches those with a size; others are built in or need --data-dir\n";
    }

    private static String toFetch(Entry entry) {
        if (!entry.readsFiles()) {
            return "built in";
        }
        long bytes = entry.downloads().stream().mapToLong(Download::bytes).sum();
        return bytes == 0 ? "--data-dir" : Downloads.megabytes(bytes);
    }
}
