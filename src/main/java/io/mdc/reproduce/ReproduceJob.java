package io.mdc.reproduce;

import io.mdc.base.DataException;
import io.mdc.base.InUseException;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.family.FamilyResult;
import io.mdc.job.CondenseAllJob;
import io.mdc.job.EvaluateAllJob;
import io.mdc.job.JoinJob;
import io.mdc.report.Progress;
import io.mdc.reproduce.plan.AccuracyKind;
import io.mdc.reproduce.plan.Cell;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Plan;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what a plan lacks: condenses runs, those that can share θ together, joins and evaluates them. Several processes
 * share the work on one directory: each takes what no other has taken, and waits at the end for what others do.
 *
 * <p>Everything is taken up where it was left, whenever a process ends.
 */
final class ReproduceJob {
    /** A process evaluates this part of what is left at a time, so that others find something to do. */
    private static final int PART = 4;

    private static final long WAIT_MILLIS = 2000;

    private final Plan plan;
    private final Path runs;
    private final Progress progress;
    private final Stop stop;
    private final Map<String, String> failed = new LinkedHashMap<>();
    private final List<RuntimeException> endings = new ArrayList<>();
    private boolean did;
    private boolean everDid;

    /**
     * A job in which nothing is done yet.
     *
     * @param runs directory that holds those of the runs
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop and every epoch
     */
    ReproduceJob(Plan plan, Path runs, Progress progress, Stop stop) {
        this.plan = plan;
        this.runs = runs;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Works until all is done.
     *
     * @return why runs failed, by name
     * @throws io.mdc.setting.ConfigException if settings do not go with the data, or a directory is of another run
     * @throws io.mdc.base.DataException if the data or a file of a run to condense is missing or damaged
     */
    Ending<Map<String, String>> run() throws IOException {
        boolean waiting = false;
        while (true) {
            everDid |= did;
            did = false;
            if (!condense()) {
                return Ending.again();
            }
            join();
            if (!evaluate()) {
                return Ending.again();
            }
            List<Cell> left = left();
            if (left.isEmpty()) {
                requireNotOneReason();
                removeLocksOfTheDead();
                return new Ending.Finished<>(failed);
            } else if (!did) {
                if (!waiting) {
                    progress.milestone("waiting for other processes: "
                            + String.join(
                                    " ",
                                    left.stream().map(cell -> cell.run().name()).toList()));
                    waiting = true;
                }
                if (!rest()) {
                    return Ending.again();
                }
            }
        }
    }

    private boolean condense() throws IOException {
        Map<Path, RunConfig> todo = new LinkedHashMap<>();
        for (Cell cell : plan.condensed()) {
            if (!findings().isFinished(cell.run()) && !hasFailed(cell.run())) {
                todo.put(path(cell.run()), cell.run().config());
            }
        }
        if (todo.isEmpty()) {
            return true;
        }
        Ending<FamilyResult> ending = new CondenseAllJob(todo).run(progress, stop);
        if (!(ending instanceof Ending.Finished<FamilyResult> finished)) {
            return false;
        }
        finished.result().failed().forEach(this::fail);
        did |= !finished.result().finished().isEmpty();
        return true;
    }

    private void join() throws IOException {
        for (Cell cell : plan.joined()) {
            PlannedRun run = cell.run();
            Findings now = findings();
            if (!now.isFinished(run) && !hasFailed(run) && run.parts().stream().allMatch(now::isFinished)) {
                progress.milestone("joining " + run.name());
                List<RunDirectory> parts = run.parts().stream()
                        .map(now::directory)
                        .map(Optional::orElseThrow)
                        .toList();
                try {
                    new JoinJob(parts, run.config(), path(run)).run(progress);
                    did = true;
                } catch (ConfigException e) {
                    Findings after = findings();
                    if (!after.isFinished(run)) { // otherwise another process has just joined them
                        if (after.directory(run).isEmpty()) {
                            throw e;
                        }
                        fail(run.name(), path(run) + ": is damaged; remove it, and it is joined again");
                    }
                } catch (DataException e) {
                    endings.add(e); // a part is damaged, or the data are
                    fail(run.name(), e.getMessage());
                }
            }
        }
    }

    private boolean evaluate() throws IOException {
        while (true) {
            List<Cell> todo = toEvaluate();
            Map<RunDirectory, Layer> taken = new LinkedHashMap<>();
            int most = (todo.size() + PART - 1) / PART;
            for (Cell cell : todo) {
                RunDirectory directory = findings().directory(cell.run()).orElseThrow();
                if (taken.size() < most && !directory.isInUse()) {
                    taken.put(directory, cell.evaluation());
                }
            }
            if (taken.isEmpty()) {
                return true;
            }
            progress.milestone("evaluating "
                    + String.join(
                            " ", taken.keySet().stream().map(ReproduceJob::name).toList()));
            try {
                Ending<EvaluateAllJob.Result> ending = new EvaluateAllJob(taken).run(progress, stop, this::leftOut);
                if (!(ending instanceof Ending.Finished<EvaluateAllJob.Result> finished)) {
                    return false;
                }
                Set<RunDirectory> evaluated = finished.result().evaluated().keySet();
                did |= !evaluated.isEmpty();
                requireMeasured(todo, evaluated);
            } catch (InUseException e) {
                return true; // all have been taken by others meanwhile
            } catch (ConfigException | DataException e) {
                if (taken.size() > 1) {
                    throw e; // what all have failed for is no matter of a run
                }
                endings.add(e);
                taken.keySet().forEach(run -> fail(run, e.getMessage()));
            }
        }
    }

    /** Fails if nothing could be done and all for one reason: one run may be damaged, but not several alike. */
    private void requireNotOneReason() {
        boolean one =
                endings.stream().map(RuntimeException::getMessage).distinct().count() == 1;
        if (one && endings.size() > 1 && !everDid && !did) {
            throw endings.get(0);
        }
    }

    /** What was evaluated and has no results would be evaluated for ever. */
    private void requireMeasured(List<Cell> todo, Set<RunDirectory> evaluated) throws IOException {
        Findings now = findings();
        for (Cell cell : todo) {
            RunDirectory directory = now.directory(cell.run()).orElseThrow();
            boolean asked = evaluated.stream().anyMatch(run -> run.path().equals(directory.path()));
            if (asked && !directory.isInUse() && !cell.isEvaluated(now) && !hasFailed(cell.run())) {
                fail(directory, "its evaluation has no results by the settings asked for");
            }
        }
    }

    private List<Cell> toEvaluate() throws IOException {
        Findings now = findings();
        List<Cell> todo = new ArrayList<>();
        for (Cell cell : plan.evaluated()) {
            if (now.isFinished(cell.run()) && !hasFailed(cell.run()) && !cell.isEvaluated(now)) {
                todo.add(cell);
            }
        }
        return todo;
    }

    private void leftOut(EvaluateAllJob.LeftOut run) {
        if (!(run.reason() instanceof InUseException)) {
            fail(run.run(), run.reason().getMessage());
        }
    }

    private void fail(RunDirectory run, String reason) {
        fail(name(run), reason);
    }

    private void fail(String run, String reason) {
        failed.put(run, reason);
        progress.milestone(runs.resolve(run) + ": left out: " + reason);
    }

    private boolean hasFailed(PlannedRun run) {
        return failed.containsKey(run.name()) || run.parts().stream().anyMatch(this::hasFailed);
    }

    private List<Cell> left() throws IOException {
        Findings now = findings();
        List<Cell> left = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            if (!hasFailed(cell.run()) && !(now.isFinished(cell.run()) && cell.isEvaluated(now))) {
                left.add(cell);
            }
        }
        return left;
    }

    /** A process that was killed has left them; nobody else will look at runs that are finished. */
    private void removeLocksOfTheDead() throws IOException {
        for (Cell cell : plan.cells()) {
            Optional<RunDirectory> directory = findings().directory(cell.run());
            if (directory.isPresent() && directory.get().isInUse()) {
                progress.milestone(directory.get().path() + ": another process works on it");
            }
        }
    }

    /** False if stopped. */
    private boolean rest() {
        try {
            Thread.sleep(WAIT_MILLIS);
            return !stop.requested();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Findings findings() {
        return new Findings(runs, AccuracyKind.LAST);
    }

    private Path path(PlannedRun run) {
        return runs.resolve(run.name());
    }

    private static String name(RunDirectory run) {
        return run.path().getFileName().toString();
    }
}
