package io.mdc.cli;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Cache;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.dataset.Datasets;
import io.mdc.fetch.Download;
import io.mdc.fetch.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Checks a data set's files. */
@Command(
        name = "verify",
        description = "Compare a data set's archives with the published checksums, then load every image.",
        footer = {"", "Example: mdc data verify --dataset folder --data-dir photos --size 64"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class DataVerifyCommand extends ConfiguredCommand {
    DataVerifyCommand(Console console) {
        super(console, Set.of(DataConfig.class));
    }

    @Override
    public Integer call() throws IOException {
        RunConfig config = ConfigReader.read(options());
        Optional<Path> directory = config.data()
                .dataDir()
                .or(() -> Datasets.fetched(config.data().dataset().source(), Cache.directory()));
        if (directory.isPresent()) {
            verifyFiles(directory.get());
        }
        Dataset data = DataRequests.load(config, console());
        String left = data.leftOut().text();
        console()
                .out()
                .print(data.name() + ": " + data.train().size() + " training and "
                        + data.test().size() + " test images of " + data.train().channels() + "x"
                        + data.train().height() + "x" + data.train().width() + " in " + data.classes()
                        + " classes, "
                        + (left.isEmpty() ? "loaded without complaint" : "left out " + left)
                        + "\n");
        return ExitCode.DONE;
    }

    private void verifyFiles(Path place) throws IOException {
        for (Path file : files(place)) {
            Optional<Download> published = Downloads.named(file.getFileName().toString());
            if (published.isPresent()) {
                Optional<String> mismatch = published.get().mismatch(file);
                if (mismatch.isPresent()) {
                    throw new DataException(file + ": " + mismatch.get() + "; it is not the published file: remove it"
                            + " and fetch or download it again");
                }
                console().out().print(file + "  " + published.get().algorithm() + " is right\n");
            }
        }
    }

    /** The files of a directory, or an archive that takes its place. */
    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return Files.isRegularFile(place) ? List.of(place) : List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
