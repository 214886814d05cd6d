package io.mdc.family;

import io.mdc.backend.Compute;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.CondenseFiles;
import io.mdc.run.CondenseRun;
import io.mdc.run.Stop;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Condenses runs that can share θ in lockstep, each into its directory.
 *
 * @param group their settings by name
 * @param directories by names, these among them; locked by the caller, and copied
 * @param resumed which of them go on from where they are
 */
public record GroupRun(FamilyGroup group, Map<String, RunDirectory> directories, Predicate<String> resumed) {
    /** Copies the map. */
    public GroupRun {
        directories = Map.copyOf(directories);
    }

    /**
     * Runs to the end.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop
     * @return what it left; empty if it was interrupted
     * @throws io.mdc.setting.ConfigException if settings do not go with the data
     * @throws io.mdc.base.DataException if the data or a checkpoint is missing or damaged
     */
    public Optional<FamilyResult> run(Progress progress, Stop stop) throws IOException {
        Deque<Closeable> open = new ArrayDeque<>();
        try {
            Compute compute = Compute.start(group.first().compute());
            open.push(compute::close);
            FamilyGroup.Ready ready = group.prepare(compute, progress);
            List<CondenseFiles> files = new ArrayList<>();
            FamilyProgress family = new FamilyProgress(progress);
            for (String name : group.names()) {
                CondenseFiles opened = new CondenseFiles(
                        directories.get(name),
                        group.members().get(name),
                        ready.data(),
                        compute,
                        family.member(name),
                        resumed.test(name));
                open.push(opened::close);
                files.add(opened);
            }
            CondenseRun run = new CondenseRun(files, ready.runner(), progress);
            return run.run(stop) ? Optional.of(result(files, run.failures())) : Optional.empty();
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    private static FamilyResult result(List<CondenseFiles> files, Map<CondenseFiles, String> failures) {
        Map<RunDirectory, String> failed = new LinkedHashMap<>();
        failures.forEach((member, reason) -> failed.put(member.directory(), reason));
        return new FamilyResult(
                files.stream()
                        .filter(member -> !failures.containsKey(member))
                        .map(CondenseFiles::directory)
                        .toList(),
                failed);
    }
}
