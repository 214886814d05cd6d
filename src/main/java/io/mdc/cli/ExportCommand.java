package io.mdc.cli;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.export.ExportFiles;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.job.ExportJob;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a prefix of a finished run for other programs. */
@Command(
        name = "export",
        description = "Write a prefix of a condensed set for other programs, with a data card and a PyTorch script that"
                + " trains on it as the evaluation does.",
        footer = {"", "Example: mdc export runs/small --size 1 --format pt --out one.pt"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "Directory of a finished run.")
    private Path run;

    @Option(
            names = "--size",
            paramLabel = "N|all",
            required = true,
            description =
                    "Images per class: the first N stored ones, or all; the rows of a file begin with those of its"
                            + " smaller sets.")
    private String size;

    @Option(
            names = "--format",
            paramLabel = "npz|npy|pt|cifar-binary|folder",
            required = true,
            description =
                    "NumPy's archive, NumPy's arrays in a directory, PyTorch's tensors, records of CIFAR-10's binary"
                            + " version (images 3x32x32 only), or PNG files in folders of classes.")
    private String format;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            required = true,
            description = "File, or directory for npy and folder, to write; must not exist. Card and script are in the"
                    + " directory, or beside the file.")
    private Path out;

    @Option(
            names = "--images",
            paramLabel = "training|stored",
            defaultValue = "training",
            description = "The decoded images that networks are trained on, factor² of each stored one, or the stored"
                    + " ones (default: ${DEFAULT-VALUE}).")
    private String images;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where the script finds the real test images unless it is told otherwise: CIFAR-10's directory, or"
                            + " one with the test.npz of mdc data save; nothing is read from it now (default: the script"
                            + " must be told).")
    private Path dataDir;

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ExportSize prefix = ExportSize.parse(size);
        Format written = TextForm.parseConstant("format", Format.class, format);
        ImageKind kind = TextForm.parseConstant("images", ImageKind.class, images);
        RunDirectory from = RunDirectory.open(run);
        RunConfig config = ConfigReader.read(from.settings(console::note));
        Optional<Path> test = Optional.ofNullable(dataDir).map(Path::toAbsolutePath);
        ExportFiles files = new ExportJob(from, config, prefix, kind, written, out, test).run(console::note);
        console.out().print("images     " + files.images() + "\n");
        console.out().print("data card  " + files.card() + "\n");
        console.out().print("script     " + files.script() + "\n");
        return ExitCode.DONE;
    }
}
