package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.config.RunConfig;
import io.mdc.data.Normalization;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.engine.TrainingConfig;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.job.ImportJob;
import io.mdc.network.NetworkConfig;
import io.mdc.published.NormalisedBy;
import io.mdc.published.PublishedPlace;
import io.mdc.published.Reading;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run with the images of a published condensed set. */
@Command(
        name = "import",
        description = "Read a condensed set that others published, as a run that mdc evaluate measures.",
        footer = {"", "Example: mdc import idc.pt --dataset cifar10 --data-dir D --factor 2 --out runs/idc"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class ImportCommand extends ConfiguredCommand {
    private static final String SEED = Settings.key(RunConfig.class, "seed");
    private static final Set<Class<? extends Record>> OWNERS = Set.of(
            DataConfig.class, NetworkConfig.class, TrainingConfig.class, EvaluationConfig.class, ComputeConfig.class);

    @Parameters(
            paramLabel = "FILE",
            description = "File of torch.save with [images, labels], a dictionary of images (or data) and labels (or"
                    + " targets), or such pairs of several experiments, or a .npz with arrays of these names; images"
                    + " [n, C, H, W].")
    private Path file;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "File of torch.save with the labels, where that of the images holds a tensor alone.")
    private Path labels;

    @Option(
            names = "--experiment",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which set, where the file has those of several experiments (default: ${DEFAULT-VALUE}).")
    private int experiment;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            required = true,
            description = "Directory to write the run to; must not exist.")
    private Path out;

    @Option(
            names = "--factor",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Tiles per side of an image of the file, each a training image of its own; 1 for training images"
                            + " (default: ${DEFAULT-VALUE}).")
    private int factor;

    @Option(
            names = "--tile-major",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "The images of a class are the decoded tiles of images of this factor, all first tiles before all"
                            + " second ones, as IDC decodes; they are put beside those of the same image (default:"
                            + " ${DEFAULT-VALUE}, none are).")
    private int tileMajor;

    @Option(
            names = "--normalised",
            paramLabel = "NAME|MEAN/STD",
            description =
                    "Pixels are normalised by the mean and deviation of this data set, or by these, and are turned back:"
                            + " cifar10, cifar100, svhn, imagenet10, mnist, fashion-mnist, or means/deviations, those of"
                            + " channels joined by commas, as in 0.1307/0.3081 (default: pixels are 0 for black to 1 for"
                            + " white, or bytes).")
    private String normalised;

    ImportCommand(Console console) {
        super(
                console,
                setting -> OWNERS.contains(setting.owner()) || setting.key().equals(SEED));
    }

    @Override
    public Integer call() throws IOException {
        requireTiles("factor", factor);
        requireTiles("tile-major", tileMajor);
        Reading reading =
                new Reading(factor, tileMajor, Optional.ofNullable(normalised).map(ImportCommand::normalization));
        try (Progress progress = console().progress()) {
            RunDirectory run = new ImportJob(
                            new PublishedPlace(file, Optional.ofNullable(labels), experiment), reading, options(), out)
                    .run(progress);
            console().out().print("imported set  " + run.synthetic() + "\n");
            console().out().print("its picture   " + run.picture() + "\n");
        }
        return ExitCode.DONE;
    }

    private static void requireTiles(String option, int value) {
        if (value < 1 || value > Reading.MOST) {
            throw new ConfigException(option, value, "must be a whole number from 1 to " + Reading.MOST);
        }
    }

    private static Normalization normalization(String text) {
        try {
            return NormalisedBy.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("normalised", text, e.getMessage());
        }
    }
}
