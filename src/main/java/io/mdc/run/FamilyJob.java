package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.report.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that {@code mdc condense} does with a family once its settings are known: groups of runs that can share θ are
 * condensed in lockstep, one group after another; every run has the bytes it has alone.
 *
 * @param family the runs
 * @param out the directory that holds theirs
 * @param resume whether to go on from where they are
 */
public record FamilyJob(Family family, Path out, boolean resume) {

    /**
     * What a family left.
     *
     * @param finished directories of the runs that reached their end, in the order they were given
     * @param failed why the others did not, by directory
     */
    public record Result(List<RunDirectory> finished, Map<RunDirectory, String> failed) {
        /** Copies both. */
        public Result {
            finished = List.copyOf(finished);
            failed = new LinkedHashMap<>(failed);
        }
    }

    /**
     * Loads the data and condenses.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop
     * @throws io.mdc.setting.ConfigException if settings do not go with the data, or the directory cannot be used
     * @throws DataException if the data or a checkpoint is missing or damaged, or another process has a directory
     */
    public Ending<Result> run(Progress progress, Stop stop) throws IOException {
        List<RunDirectory> finished = new ArrayList<>();
        Map<RunDirectory, String> failed = new LinkedHashMap<>();
        List<List<String>> groups = family.groups();
        if (!resume) {
            for (List<String> group : groups) {
                try (Compute compute = Compute.start(config(group).compute())) {
                    runner(group, compute, progress);
                }
            }
            family.create(out);
        }
        for (int g = 0; g < groups.size(); g++) {
            List<String> group = groups.get(g);
            progress.milestone("group " + (g + 1) + " of " + groups.size() + ", " + group.size() + " runs: "
                    + String.join(" ", group));
            try (Compute compute = Compute.start(config(group).compute())) {
                if (!condense(group, runner(group, compute, progress), compute, progress, stop, finished, failed)) {
                    return new Ending.Interrupted<>("interrupted; continue with: mdc condense --resume --out " + out);
                }
            }
        }
        return new Ending.Finished<>(new Result(finished, failed));
    }

    /** A group's data, and what runs its network. */
    private record Ready(Dataset data, ChunkedGraph runner) {}

    private Ready runner(List<String> group, Compute compute, Progress progress) {
        Dataset data = RunData.toCondense(config(group), progress);
        for (String name : group) {
            RunConfig config = family.members().get(name);
            config.requireFits(data.train().height());
            config.condensing().requireEnough(data.train());
            CondenseRun.requireMeasurable(config, data, compute);
        }
        return new Ready(data, CondenseRun.runner(config(group), data, compute));
    }

    private RunConfig config(List<String> group) {
        return family.members().get(group.get(0));
    }

    private boolean condense(
            List<String> group,
            Ready ready,
            Compute compute,
            Progress progress,
            Stop stop,
            List<RunDirectory> finished,
            Map<RunDirectory, String> failed)
            throws IOException {
        Deque<Closeable> open = new ArrayDeque<>();
        try {
            List<CondenseFiles> files = new ArrayList<>();
            for (String name : group) {
                RunDirectory directory = family.open(out, name);
                RunLock lock = directory.lock();
                open.push(lock::close);
                CondenseFiles member = new CondenseFiles(
                        directory,
                        family.members().get(name),
                        ready.data(),
                        compute,
                        files.isEmpty() ? progress : new QuietProgress(progress),
                        resume);
                open.push(member::close);
                files.add(member);
            }
            CondenseRun run = new CondenseRun(files, config(group), ready.runner(), progress);
            if (!run.run(stop)) {
                return false;
            }
            for (CondenseFiles member : files) {
                String failure = run.failures().get(member);
                if (failure == null) {
                    finished.add(member.directory());
                } else {
                    failed.put(member.directory(), failure);
                }
            }
            return true;
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }
}
