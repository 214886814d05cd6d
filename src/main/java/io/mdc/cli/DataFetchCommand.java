package io.mdc.cli;

import io.mdc.config.ConfigException;
import io.mdc.data.Cache;
import io.mdc.data.DatasetCard;
import io.mdc.data.Datasets;
import io.mdc.data.Download;
import io.mdc.data.Downloader;
import io.mdc.report.Progress;
import io.mdc.run.StopSignal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a data set from its authors or a mirror. */
@Command(
        name = "fetch",
        description = "Download a data set; what was broken off goes on. Size and checksum are verified.")
final class DataFetchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "Data set, as mdc data list names it.")
    private String name;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Folder to try before the authors' address; may be repeated.")
    private List<URI> mirrors = List.of();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where to put the files (default: the data set's folder in the cache, where --dataset finds"
                    + " them).")
    private Path directory;

    DataFetchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DatasetCard card = card();
        if (card.downloads().isEmpty()) {
            throw new ConfigException(name + " cannot be fetched: "
                    + (card.homepage().isEmpty()
                            ? "it is " + card.description()
                            : "see " + card.homepage() + ", then name its directory with --data-dir"));
        }
        Path folder = directory == null ? Cache.directory().resolve(name) : directory;
        Progress progress = console.progress();
        try (StopSignal stop = new StopSignal(() -> progress.milestone("interrupted: what has arrived is kept"));
                progress) {
            for (Download file : card.downloads()) {
                progress.begin("fetching " + file.file(), file.bytes(), 0);
                boolean there = new Downloader()
                        .fetch(file, mirrors, folder, bytes -> progress.update(bytes, megabytes(bytes)), stop);
                if (!there) {
                    return ExitCode.INTERRUPTED;
                }
            }
        }
        for (Download file : card.downloads()) {
            console.out().print(folder.resolve(file.file()) + "\n");
        }
        return ExitCode.DONE;
    }

    private DatasetCard card() {
        try {
            return Datasets.source(name).card();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
