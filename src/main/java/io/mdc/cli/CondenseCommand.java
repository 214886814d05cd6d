package io.mdc.cli;

import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.family.Family;
import io.mdc.job.CondenseJob;
import io.mdc.job.FamilyJob;
import io.mdc.job.ShardJob;
import io.mdc.report.sheet.Format;
import io.mdc.run.Ending;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Condenses a data set into a run directory. */
@Command(
        name = "condense",
        description =
                "Condense a data set and evaluate every prefix; without options, built-in images in a few minutes.",
        footer = {"", "Example: mdc condense --preset cifar10-ipc10-cpu --out runs/small"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class CondenseCommand extends ConfiguredCommand {
    @Mixin
    private ConfigSources sources;

    @Option(names = "--out", paramLabel = "RUN", description = "Directory to write the run to; must not exist.")
    private Path out;

    @Option(
            names = "--resume",
            description = {
                "Continue the run in --out, or a family of runs, from the last checkpoint; settings may be left out.",
                "One that is finished goes on with a larger --outer, to the bytes of a run begun with that."
            })
    private boolean resume;

    @Mixin
    private FamilyOptions family;

    @Mixin
    private ShardOptions shards;

    @Option(names = "--print-config", description = "Print the settings of one run as YAML and do nothing else.")
    private boolean printConfig;

    CondenseCommand(Console console) {
        super(console, ConfiguredCommand::isOfCondensing);
    }

    @Override
    public Integer call() throws IOException {
        boolean ofFamily = family.given() || (resume && out != null && Family.isAt(out));
        if (printConfig && (ofFamily || shards.share().isPresent())) {
            throw new ConfigException("--print-config: prints the settings of one run; leave out --vary, --also and"
                    + " --class-shard, and name one run of a family");
        } else if (shards.share().isPresent()) {
            return condense(shardJob(shards.share().get()));
        } else if (ofFamily) {
            FamilyJob job = familyJob();
            note(job.family().members().values());
            return new FamilyRun(console(), job).call();
        }
        CondenseJob job = job();
        note(List.of(job.config()));
        if (printConfig) {
            console().out().print(job.config().toYaml());
            return ExitCode.DONE;
        }
        Ending<CondenseJob.Result> ending = Interruptible.run(console(), job::run);
        if (ending instanceof Ending.Finished<CondenseJob.Result> finished) {
            print(finished.result());
            return ExitCode.DONE;
        }
        return ExitCode.INTERRUPTED;
    }

    /** What the options ask for. */
    CondenseJob job() {
        RunConfig config = resume ? resumedConfig(out) : sources.read(options(), console()::note);
        return new CondenseJob(config, Optional.ofNullable(out), resume);
    }

    /** Says what is to be said of the settings of some runs, once each. */
    private void note(Collection<RunConfig> runs) {
        Set<String> given = new HashSet<>(options().values().keySet());
        family.combinations().forEach(combination -> given.addAll(combination.keySet()));
        runs.stream()
                .flatMap(config -> Stream.concat(config.notes().stream(), config.notesOnIdle(given).stream()))
                .distinct()
                .forEach(console()::note);
    }

    private int condense(ShardJob job) throws IOException {
        note(List.of(job.config()));
        Ending<RunDirectory> ending = Interruptible.run(console(), job::run);
        if (ending instanceof Ending.Finished<RunDirectory>) {
            console().out().print("shard  " + job.directory() + "\n");
            return ExitCode.DONE;
        }
        return ExitCode.INTERRUPTED;
    }

    private ShardJob shardJob(Share share) {
        if (family.given()) {
            throw new ConfigException("--class-shard " + share + ": not with " + family.name());
        } else if (out == null) {
            throw new ConfigException("--class-shard " + share + ": needs --out with the directory of all shards");
        }
        Path own = ShardJob.directory(out, share);
        RunConfig config = resume ? resumedConfig(own) : sources.read(options(), console()::note);
        return new ShardJob(config, out, share, resume, shards.minutes());
    }

    private FamilyJob familyJob() {
        if (out == null) {
            throw new ConfigException(family.name() + ": needs --out with the directory for the runs");
        } else if (!resume) {
            return new FamilyJob(
                    Family.of(family.combinations(), sources.layers(options(), console()::note), console()::note),
                    out,
                    false);
        } else if (family.given()) {
            throw new ConfigException(family.name() + ": is known when a family is resumed; leave it out");
        }
        return new FamilyJob(Family.at(out).goingOn(given(), out), out, true);
    }

    private void print(CondenseJob.Result result) throws IOException {
        PrintWriter to = console().out();
        RunDirectory directory = result.directory();
        if (result.evaluation().isPresent()) {
            to.print(Format.TEXT.write(EvaluationTable.of(result.evaluation().get())));
            RunsEvaluation.warnings(directory).forEach(warning -> to.print("warning: " + warning + "\n"));
        }
        CourseTable.of(directory).ifPresent(course -> to.print(Format.TEXT.write(List.of(course))));
        to.print("condensed set  " + directory.synthetic() + "\n");
        to.print("its picture    " + directory.picture() + "\n");
        result.evaluation().ifPresent(evaluation -> to.print("evaluation     " + directory.evaluation() + "\n"));
    }

    /** The settings of the run in a directory, and those given now. */
    private RunConfig resumedConfig(Path run) {
        if (run == null) {
            throw new ConfigException("--resume: needs --out with the run to continue");
        }
        return RunConfig.goingOn(RunDirectory.open(run).settings(console()::note), given(), run);
    }

    private List<Layer> given() {
        List<Layer> layers = new ArrayList<>(sources.layers(console()::note));
        layers.add(options());
        return layers;
    }
}
