package io.mdc.cli;

import io.mdc.config.ConfigReader;
import io.mdc.config.DataConfig;
import io.mdc.config.RunConfig;
import io.mdc.data.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.Datasets;
import io.mdc.data.Download;
import io.mdc.data.Downloader;
import io.mdc.report.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Reads a whole data set and compares published checksums. */
@Command(
        name = "verify",
        description = "Read a whole data set, and compare its archives with the published checksums.",
        sortOptions = false)
final class DataVerifyCommand extends ConfiguredCommand {
    DataVerifyCommand(Console console) {
        super(console, List.of(DataConfig.class));
    }

    @Override
    public Integer call() {
        RunConfig config = ConfigReader.read(options());
        Progress progress = console().progress();
        try (progress) {
            Dataset data = DataLoading.load(config.data(), config.engine().threadsOrCores(), progress);
            int checked = checkArchives(config.data());
            console()
                    .out()
                    .print(data.name() + ": " + data.train().size() + " training and "
                            + data.test().size() + " test images of " + data.classes() + " classes read, "
                            + data.skipped()
                            + " left out, " + checked + " published checksums compared\n");
        }
        return ExitCode.DONE;
    }

    private static int checkArchives(DataConfig config) {
        Path folder = Datasets.directory(config.dataset(), config.dataDir()).orElse(null);
        int checked = 0;
        for (Download file : Datasets.source(config.dataset()).card().downloads()) {
            if (folder != null && Files.exists(folder.resolve(file.file()))) {
                if (!Downloader.isComplete(file, folder)) {
                    throw new DataException(folder.resolve(file.file())
                            + ": not the published file, whose " + file.algorithm() + " is " + file.checksum()
                            + "; remove it and run mdc data fetch " + config.dataset());
                }
                checked++;
            }
        }
        return checked;
    }
}
