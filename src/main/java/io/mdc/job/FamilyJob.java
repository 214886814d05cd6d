package io.mdc.job;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.ShellWord;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.config.RunConfig;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.family.Family;
import io.mdc.family.FamilyGroup;
import io.mdc.family.FamilyResult;
import io.mdc.family.GroupRun;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.RunDemands;
import io.mdc.run.RunEnd;
import io.mdc.run.RunLocks;
import io.mdc.run.Stop;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that {@code mdc condense} does with a family once its settings are known: groups of runs that can share θ are
 * condensed in lockstep, one group after another; every run has the bytes it has alone.
 *
 * @param family the runs
 * @param out the directory that holds theirs
 * @param resume whether to go on from where they are
 */
public record FamilyJob(Family family, Path out, boolean resume) {
    /** The evaluation of those of its runs whose settings ask for one, by these settings; of none if none does. */
    public EvaluateAllJob evaluation(List<RunDirectory> finished) {
        Map<RunDirectory, Layer> asked = new LinkedHashMap<>();
        for (RunDirectory run : finished) {
            RunConfig config = family.members().get(run.path().getFileName().toString());
            if (config.evaluation().evaluate()) {
                asked.put(run, Layer.options(Settings.texts(config)));
            }
        }
        return new EvaluateAllJob(asked, CondenseJob.whileEvaluating(resume, out));
    }

    /**
     * Loads the data, says how long it will take, and condenses.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop
     * @throws io.mdc.setting.ConfigException if settings do not go with the data, or the directory cannot be used
     * @throws DataException if the data or a checkpoint is missing or damaged, or another process has a directory
     * @throws DiskFull if there is not enough room for the runs
     */
    public Ending<FamilyResult> run(Progress progress, Stop stop) throws IOException {
        if (resume) {
            requireGoOn();
            family.lengthen(out);
        } else {
            begin(progress);
        }
        String advice = "interrupted; continue with: mdc condense --resume --out " + ShellWord.quoted(out);
        stop.advise(advice);
        List<FamilyGroup> groups = family.groups();
        FamilyResult result = FamilyResult.NONE;
        for (int g = 0; g < groups.size(); g++) {
            FamilyGroup group = groups.get(g);
            progress.milestone("group " + (g + 1) + " of " + groups.size() + ", "
                    + group.names().size() + (group.names().size() == 1 ? " run: " : " runs: ")
                    + String.join(" ", group.names()));
            Optional<FamilyResult> reached = condense(group, progress, stop);
            if (reached.isEmpty()) {
                return new Ending.Interrupted<>(advice);
            }
            result = result.and(reached.get());
        }
        return new Ending.Finished<>(result);
    }

    private void requireGoOn() {
        family.members().forEach((name, config) -> {
            Path member = out.resolve(name);
            if (RunDirectory.hasSettings(member)) {
                RunDemands.goesOn(RunDirectory.open(member), config);
            }
        });
    }

    /** Makes the directories, once it is sure that all runs can be made. */
    private void begin(Progress progress) throws IOException {
        NewRun.requireFree(out);
        family.check(out, EvaluationEstimator.ofWholeRuns(), progress);
        family.create(out);
    }

    /** Condenses a group; empty if it was interrupted. */
    private Optional<FamilyResult> condense(FamilyGroup group, Progress progress, Stop stop) throws IOException {
        try (RunLocks locks = new RunLocks()) {
            Map<String, RunDirectory> directories = new LinkedHashMap<>();
            Map<String, RunConfig> left = new LinkedHashMap<>();
            for (String name : group.names()) {
                RunDirectory directory = family.open(out, name);
                locks.take(directory);
                directories.put(name, directory);
                RunConfig config = group.members().get(name);
                if (!RunEnd.isReached(directory, config) || RunEnd.canBeMeasured(directory, config)) {
                    left.put(name, config);
                }
            }
            if (left.isEmpty()) {
                return Optional.of(new FamilyResult(List.copyOf(directories.values()), Map.of()));
            }
            return new GroupRun(new FamilyGroup(left), directories, name -> resume)
                    .run(progress, stop)
                    .map(FamilyResult::failed)
                    .map(failed -> new FamilyResult(without(failed.keySet(), directories.values()), failed));
        }
    }

    private static List<RunDirectory> without(Set<RunDirectory> failed, Collection<RunDirectory> all) {
        return all.stream().filter(run -> !failed.contains(run)).toList();
    }
}
