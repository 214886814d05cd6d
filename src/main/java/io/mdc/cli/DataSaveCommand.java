package io.mdc.cli;

import io.mdc.base.ShellWord;
import io.mdc.config.ConfigReader;
import io.mdc.data.Dataset;
import io.mdc.dataset.DataConfig;
import io.mdc.dataset.NumpyFolder;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a data set as arrays, for other programs. */
@Command(
        name = "save",
        description = {
            "Save a data set as NumPy arrays, train.npz and test.npz: decoded, resized and split as runs have it.",
            "Other programs can train and test on the very same images; --dataset npz reads them."
        },
        footer = {"", "Example: mdc data save --dataset shapes --out shapes"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class DataSaveCommand extends ConfiguredCommand {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Directory for the two files, made if there is none; files of these names are replaced.")
    private Path out;

    DataSaveCommand(Console console) {
        super(console, Set.of(DataConfig.class));
    }

    @Override
    public Integer call() throws IOException {
        Dataset data = DataRequests.load(ConfigReader.read(options()), console());
        try {
            Files.createDirectories(out);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException("out", out, "must be a directory, or the name of a new one");
        }
        NumpyFolder.save(data, out).forEach(file -> console().out().print("saved  " + file + "\n"));
        console().out().print("use it with --dataset npz --data-dir " + ShellWord.quoted(out) + "\n");
        return ExitCode.DONE;
    }
}
