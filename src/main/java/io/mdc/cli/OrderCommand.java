package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.job.OrderJob;
import io.mdc.order.OrderBy;
import io.mdc.order.OrderConfig;
import io.mdc.run.Ending;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run with the images of another in the order of a score. */
@Command(
        name = "order",
        description =
                "Put the training images of a condensed set into the order of a score, so that its prefixes are the"
                        + " subsets of YOCO; writes them as another run.",
        footer = {"", "Example: mdc order runs/small --by lbpe --out runs/small-ordered"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class OrderCommand extends ConfiguredCommand {
    private static final String BY = "by";
    private static final List<SettingInfo> ORDER = Settings.of(OrderConfig.class);

    @Parameters(paramLabel = "RUN", description = "Directory of a finished run; its settings are the defaults.")
    private Path run;

    @Option(
            names = "--" + BY,
            paramLabel = "lbpe|el2n|random",
            defaultValue = "lbpe",
            description =
                    "What each class is ordered by, the lowest first: the errors of a network in the epochs of highest"
                            + " training accuracy, those in its first epochs, or nothing (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            required = true,
            description = "Directory to write the ordered run to; must not exist.")
    private Path out;

    OrderCommand(Console console) {
        super(console, Set.of(DataConfig.class, OrderConfig.class, ComputeConfig.class));
    }

    @Override
    String defaultOf(String key) {
        return ORDER.stream().anyMatch(setting -> setting.key().equals(key))
                ? "the run's, usually " + super.defaultOf(key)
                : "the run's";
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory from = RunDirectory.open(run);
        RunConfig config = ConfigReader.read(from.settings(console()::note), options());
        OrderBy order = TextForm.parseConstant(BY, OrderBy.class, by);
        order.requireKnown(options());
        Ending<RunDirectory> ending = Interruptible.run(console(), new OrderJob(from, config, order, out)::run);
        if (ending instanceof Ending.Finished<RunDirectory> finished) {
            console().out().print("ordered set  " + finished.result().synthetic() + "\n");
            console().out().print("its picture  " + finished.result().picture() + "\n");
            return ExitCode.DONE;
        }
        return ExitCode.INTERRUPTED;
    }
}
