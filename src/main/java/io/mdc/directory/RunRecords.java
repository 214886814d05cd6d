package io.mdc.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.numpy.NumpyArray;
import io.mdc.robust.RobustEvaluation;
import io.mdc.task.MlsEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run has written down, for those who read it.
 *
 * @param run its directory
 */
public record RunRecords(RunDirectory run) {
    /** All that was ever measured of the run, if it was evaluated and the file is as it was written. */
    public Optional<Evaluation> evaluated() {
        return written(run.evaluation(), Evaluation.class).filter(Evaluation::whole);
    }

    /**
     * What was measured of the images that the run has, and not of those it had before it went on; empty if nothing
     * was. Where they cannot be read, all that was ever measured.
     */
    public Optional<Evaluation> measured() {
        Optional<Evaluation> all = evaluated();
        Optional<String> set = all.flatMap(any -> set());
        return set.isEmpty()
                ? all
                : all.map(evaluation -> evaluation.ofSet(set.get()))
                        .filter(own -> !own.results().isEmpty());
    }

    /**
     * How the images that the run has compare with real ones, if they were compared last and the file is as it was
     * written. Where they cannot be read, the last comparison.
     */
    public Optional<RobustEvaluation> compared() {
        return written(run.robust(), RobustEvaluation.class)
                .filter(RobustEvaluation::whole)
                .filter(comparison ->
                        set().map(comparison.protocol().set()::equals).orElse(true));
    }

    /** The checksum of the images, if they can be read. */
    private Optional<String> set() {
        try {
            return Files.exists(run.synthetic())
                    ? Optional.of(CondensedSet.read(run.synthetic()).sha256())
                    : Optional.empty();
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> written(Path file, Class<T> type) {
        try {
            return Files.exists(file) ? Optional.of(Json.read(RunDirectory.text(file), type)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The inner loops, in their order. */
    public Log<LoopMetrics> loops() {
        return JsonLines.log(run.metrics(), LoopMetrics.class);
    }

    /** The selections of the most learnable subset, in their order. */
    public Log<MlsEvent> selections() {
        return JsonLines.log(run.selections(), MlsEvent.class);
    }

    /** What was measured on the way, by outer loop. */
    public Log<CoursePoint> course() {
        return JsonLines.log(run.course(), CoursePoint.class);
    }

    /**
     * Under which circumstances it was made, if its manifest is there.
     *
     * @throws DataException if that is damaged
     */
    public Optional<Circumstances> circumstances() {
        if (!Files.exists(run.manifest())) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.read(run.manifest());
        return Optional.of(Circumstances.of(manifest, SpentTime.seconds(run, Optional.of(manifest))));
    }

    /**
     * The images as they were when the state was last saved; empty before that.
     *
     * @throws DataException if all states are damaged
     */
    public Optional<CondensedSet> saved(RunConfig config) {
        return run.checkpoints().read(note -> {}).map(checkpoint -> {
            NumpyArray images = checkpoint.state().images().images();
            try {
                return new CondensedSet(
                        images.toFloats(),
                        images.shape(),
                        images.shape()[0] / config.synthetic().ipc(),
                        config.synthetic().factor());
            } catch (IllegalArgumentException e) {
                throw new DataException(run.checkpoints().file() + ": not of these settings: " + e.getMessage(), e);
            }
        });
    }

    /**
     * The commands that make it again, as words for a POSIX shell; what no command can do is a line that begins with
     * {@code #}. Without a manifest, the one that condenses with these settings.
     */
    public List<List<String>> commands(RunConfig config) {
        MakingAgain again = new MakingAgain(config, MakingAgain.Audience.HERE);
        return Manifest.ifReadable(run.manifest())
                .map(again::commands)
                .orElseGet(() -> List.of(again.condense("AGAIN")));
    }

    /** The names of the classes, in the order of the labels; none if its manifest is missing or damaged. */
    public List<String> classNames() {
        return Manifest.ifReadable(run.manifest()).map(Manifest::classes).orElse(List.of());
    }
}
