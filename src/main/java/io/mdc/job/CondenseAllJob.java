package io.mdc.job;

import io.mdc.base.DataException;
import io.mdc.base.InUseException;
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
import io.mdc.run.RunEnd;
import io.mdc.run.RunLocks;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings runs to their end that may be anywhere on their way: those that can share θ in lockstep, one group after
 * another. What is finished, and what another process works on, is left alone.
 *
 * @param runs settings by directory; copied
 */
public record CondenseAllJob(Map<Path, RunConfig> runs) {
    /** Copies the map. */
    public CondenseAllJob {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /**
     * Condenses.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop
     * @throws ConfigException if settings do not go with the data, or a directory is of a run with other settings
     * @throws DataException if the data or a checkpoint is missing or damaged
     */
    public Ending<FamilyResult> run(Progress progress, Stop stop) throws IOException {
        Map<String, Path> paths = runs.keySet().stream()
                .collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path));
        Map<String, RunConfig> members = new LinkedHashMap<>();
        runs.forEach((path, config) -> members.put(path.getFileName().toString(), config));
        requirePossible(paths, members, progress);
        FamilyResult result = FamilyResult.NONE;
        for (FamilyGroup group : new Family(members).groups()) {
            try (RunLocks locks = new RunLocks()) {
                Map<String, RunDirectory> taken = take(group, paths, locks, progress);
                if (taken.isEmpty()) {
                    continue;
                }
                progress.milestone("condensing " + String.join(" ", taken.keySet()));
                Map<String, RunConfig> configs = new LinkedHashMap<>(group.members());
                configs.keySet().retainAll(taken.keySet());
                Set<String> begun = taken.keySet().stream()
                        .filter(name -> Files.exists(taken.get(name).manifest()))
                        .collect(Collectors.toSet());
                Optional<FamilyResult> reached =
                        new GroupRun(new FamilyGroup(configs), taken, begun::contains).run(progress, stop);
                if (reached.isEmpty()) {
                    return Ending.again();
                }
                result = result.and(reached.get());
            }
        }
        return new Ending.Finished<>(result);
    }

    /** Checks those that have no directory yet, before one is made. */
    private static void requirePossible(Map<String, Path> paths, Map<String, RunConfig> members, Progress progress)
            throws IOException {
        Map<String, RunConfig> missing = new LinkedHashMap<>(members);
        missing.keySet().removeIf(name -> Files.exists(paths.get(name)));
        if (!missing.isEmpty()) {
            new Family(missing).check(paths.values().iterator().next(), EvaluationEstimator.onTheWay(), progress);
        }
    }

    /** Directories of the runs of a group that are not finished, and that no other process works on. */
    private static Map<String, RunDirectory> take(
            FamilyGroup group, Map<String, Path> paths, RunLocks locks, Progress progress) throws IOException {
        Map<String, RunDirectory> taken = new LinkedHashMap<>();
        for (String name : group.names()) {
            RunConfig config = group.members().get(name);
            try {
                RunDirectory directory = NewRun.openOrCreate(paths.get(name), config, progress::milestone);
                if (RunEnd.isReached(directory, config)) {
                    continue;
                }
                locks.take(directory);
                if (!RunEnd.isReached(directory, config)) {
                    taken.put(name, directory);
                }
            } catch (InUseException e) {
                // what is being done is left alone
            }
        }
        return taken;
    }
}
