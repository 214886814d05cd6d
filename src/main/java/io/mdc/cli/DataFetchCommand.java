package io.mdc.cli;

import io.mdc.base.ShellWord;
import io.mdc.data.DatasetSource;
import io.mdc.fetch.Download;
import io.mdc.fetch.FetchObserver;
import io.mdc.fetch.Fetcher;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a data set's files. */
@Command(
        name = "fetch",
        description = "Fetch a data set's files from its authors and check them; what broke off is continued.",
        footer = {"", "Example: mdc data fetch cifar10"},
        sortOptions = false)
final class DataFetchCommand implements Callable<Integer> {
    private final Console console;
    private final Path cache;
    private final Function<String, DatasetSource> sources;

    @Parameters(paramLabel = "NAME", description = "The data set; mdc data list shows which can be fetched.")
    private String name;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Directory on the web that has the files too, tried first; may be repeated.")
    private List<String> mirrors = new ArrayList<>();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = {
                "Directory to put the files in.",
                "Without it NAME in the cache, where --dataset NAME looks for them:"
                        + " MDC_DATA_DIR, XDG_CACHE_HOME/mdc or ~/.cache/mdc."
            })
    private Path dataDir;

    /** Fetches into {@code cache} what {@code sources} finds by its name. */
    DataFetchCommand(Console console, Path cache, Function<String, DatasetSource> sources) {
        this.console = console;
        this.cache = cache;
        this.sources = sources;
    }

    @Override
    public Integer call() throws InterruptedException {
        DatasetSource source = sources.apply(name);
        List<Download> downloads = source.card().downloads();
        if (downloads.isEmpty()) {
            throw new ConfigException(whyNot(source));
        }
        List<URI> bases = mirrors.stream().map(DataFetchCommand::base).toList();
        Path directory = dataDir == null ? cache.resolve(name) : dataDir;
        try (Progress progress = console.progress()) {
            Fetcher fetcher = new Fetcher(observer(progress));
            for (Download download : downloads) {
                boolean fetched = fetcher.fetch(download, bases, directory);
                console.out()
                        .print(directory.resolve(download.file())
                                + (fetched ? "  fetched, " : "  was there already, ") + download.algorithm()
                                + " is right\n");
                console.out().flush();
            }
        }
        console.out()
                .print("use it with --dataset " + name
                        + (dataDir == null ? "" : " --data-dir " + ShellWord.quoted(directory)) + "\n");
        return ExitCode.DONE;
    }

    private static String whyNot(DatasetSource source) {
        if (!source.readsFiles()) {
            return "data set '" + source.name() + "' is built in: there is nothing to fetch, use it with --dataset "
                    + source.name();
        }
        String homepage = source.card().homepage();
        return "data set '" + source.name() + "' cannot be fetched: "
                + (homepage.isEmpty() ? "" : "get it from " + homepage + ", which may ask you to register, and ")
                + "name the directory of its files with --data-dir";
    }

    private static URI base(String mirror) {
        try {
            URI base = new URI(mirror);
            if (base.getHost() != null && String.valueOf(base.getScheme()).matches("https?")) {
                return base;
            }
        } catch (URISyntaxException e) {
            // Said below, in the same words.
        }
        throw new ConfigException("mirror", mirror, "must be an address like https://example.org/files");
    }

    private static FetchObserver observer(Progress progress) {
        return new FetchObserver() {
            @Override
            public void begin(String file, long bytes, long done) {
                progress.begin("fetching " + file, bytes, done);
            }

            @Override
            public void update(long done, String status) {
                progress.update(done, status);
            }

            @Override
            public void note(String line) {
                progress.milestone(line);
            }
        };
    }
}
