package io.mdc.cli;

import io.mdc.backend.ComputeConfig;
import io.mdc.base.Json;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.job.EvaluateAllJob;
import io.mdc.job.EvaluateJob;
import io.mdc.network.NetworkConfig;
import io.mdc.report.sheet.Format;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.RunAs;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.robust.RobustConfig;
import io.mdc.run.Ending;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains networks on the prefixes of condensed sets. */
@Command(
        name = "evaluate",
        description = "Train networks on prefixes of a condensed set and measure them on the real test set; those of"
                + " several side by side.",
        footer = {"", "Example: mdc evaluate runs/idc runs/mdc --sizes 1,5,10 --format markdown"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class EvaluateCommand extends ConfiguredCommand {
    private static final String REPEATS = Settings.key(EvaluationConfig.class, "repeats");
    private static final Set<Class<? extends Record>> OWNERS = Set.of(
            DataConfig.class, EvaluationConfig.class, RobustConfig.class, NetworkConfig.class, ComputeConfig.class);

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Directories of finished runs, or directories that hold some; each run's settings are its"
                    + " defaults.")
    private List<Path> runs;

    @Option(
            names = "--robust",
            description =
                    "Compare the largest size, or each of --sizes, with as many random real images and with all of"
                            + " them: the scores LRS and ARS of DD-Ranking, into robust.json.")
    private boolean robust;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            completionCandidates = FormatNames.class,
            description = "How the table is written (${COMPLETION-CANDIDATES}; default: text).")
    private String format;

    @Option(
            names = "--json",
            description =
                    "The same as --format json: of one run the content of evaluation.json, of several the table; with --robust that of robust.json.")
    private boolean json;

    @Option(
            names = "--as",
            paramLabel = "TABLE",
            description = "Print the run as a row of one of the paper's tables, such as table1a, below the paper's.")
    private String as;

    EvaluateCommand(Console console) {
        super(console, setting -> OWNERS.contains(setting.owner()) && !setting.isSettledByRun());
    }

    @Override
    String defaultOf(String key) {
        return Settings.keys(RobustConfig.class).contains(key)
                ? "the run's, usually " + super.defaultOf(key)
                : "the run's";
    }

    @Override
    public Integer call() throws IOException {
        Format wanted = FormatNames.chosen(format, json);
        requireRobust();
        Optional<Exhibit> table = Optional.ofNullable(as).map(Exhibit::parse);
        table.ifPresent(RunAs::require);
        List<RunDirectory> directories = NamedRuns.open(runs);
        if (table.isPresent() && (robust || directories.size() > 1)) {
            throw new ConfigException(
                    "as", as, robust ? "does not go with --robust" : "is for one run, not " + directories.size());
        } else if (robust) {
            return new RunsComparison(console(), directories, options(), wanted).call();
        }
        return directories.size() == 1
                ? evaluate(directories.get(0), wanted, table)
                : new RunsEvaluation(console(), new EvaluateAllJob(directories, options()), wanted).call();
    }

    /** Settings of the comparison would otherwise silently do nothing. */
    private void requireRobust() {
        List<String> given = Settings.keys(RobustConfig.class).stream()
                .filter(options().values()::containsKey)
                .toList();
        if (!robust && !given.isEmpty()) {
            throw new ConfigException("--" + given.get(0) + ": is only for --robust; give both, or leave it out");
        } else if (robust && options().values().containsKey(REPEATS)) {
            throw new ConfigException("--" + REPEATS + ": not with --robust, which trains --draws networks");
        }
    }

    private int evaluate(RunDirectory directory, Format wanted, Optional<Exhibit> table) throws IOException {
        RunConfig config = ConfigReader.read(directory.settings(console()::note), options());
        EvaluateJob job = new EvaluateJob(directory, config);
        Ending<EvaluateJob.Result> ending = Interruptible.run(console(), job::run);
        if (!(ending instanceof Ending.Finished<EvaluateJob.Result> finished)) {
            return ExitCode.INTERRUPTED;
        }
        Evaluation evaluation = finished.result().evaluation();
        if (table.isPresent()) {
            List<Sheet> sheets = List.of(
                    RunAs.of(table.get(), config, evaluation, finished.result().protocol()));
            RunsEvaluation.print(console(), sheets, wanted, RunsEvaluation.warnings(directory));
        } else if (wanted == Format.JSON) {
            console().out().print(Json.text(evaluation));
            RunsEvaluation.warn(console(), RunsEvaluation.warnings(directory));
        } else {
            RunsEvaluation.print(console(), EvaluationTable.of(evaluation), wanted, RunsEvaluation.warnings(directory));
            if (wanted == Format.TEXT) {
                console().out().print("evaluation  " + directory.evaluation() + "\n");
            }
        }
        return ExitCode.DONE;
    }
}
