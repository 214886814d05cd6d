package io.mdc.cli;

import io.mdc.base.Json;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what is in a data set. */
@Command(
        name = "show",
        description =
                "Show a data set: images of each class and split, mean and deviation, and with --out a sheet of images.",
        footer = {"", "Example: mdc data show --dataset shapes --out shapes.png"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class DataShowCommand extends ConfiguredCommand {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "PNG file to draw training images into, replaced if it exists.")
    private Path out;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    DataShowCommand(Console console) {
        super(console, Set.of(DataConfig.class));
    }

    @Override
    public Integer call() throws IOException {
        if (out != null && !Files.isDirectory(out.toAbsolutePath().getParent())) {
            throw new ConfigException("out", out, "must be a file in a directory that exists");
        }
        RunConfig config = ConfigReader.read(options());
        Dataset data = DataRequests.load(config, console());
        DatasetSheet sheet = DatasetSheet.of(data.train());
        if (out != null) {
            sheet.write(out);
        }
        DatasetFigures figures = DatasetFigures.of(data, out);
        console().out().print(json ? Json.text(figures) : figures.text() + "sheet  " + describe(sheet) + "\n");
        return ExitCode.DONE;
    }

    private String describe(DatasetSheet sheet) {
        return (out == null ? "--out FILE.png draws " : out + ": ") + sheet.describe();
    }
}
