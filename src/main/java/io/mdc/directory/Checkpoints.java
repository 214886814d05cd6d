package io.mdc.directory;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.OneLine;
import io.mdc.condense.Condensation;
import io.mdc.condense.CondenseState;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.subset.AdaptiveSubset;
import io.mdc.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Keeps the last two states of a run, {@code state.npz} and {@code state.previous.npz}: arrays, and the small rest as
 * JSON; checksummed by the zip format.
 */
public final class Checkpoints {
    private static final String REST = "state.json";
    private static final String CHOSEN = "real_images";
    private static final String LEARNED = "learned";

    private record Rest(
            int outer,
            int inner,
            List<AdaptiveSubset.State> subsets,
            int selections,
            Fingerprint begun,
            LineLog.Mark metrics,
            LineLog.Mark mls,
            LineLog.Mark course) {
        Rest {
            Objects.requireNonNull(begun, "begun");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(mls, "mls");
            // Checkpoints of versions that did not know it have none.
            course = Objects.requireNonNullElse(course, LineLog.Mark.START);
        }
    }

    private final Path newest;
    private final Path previous;
    private boolean damaged;

    Checkpoints(Path directory) {
        newest = directory.resolve("state.npz");
        previous = directory.resolve("state.previous.npz");
    }

    /** Where the last state is, if there is one. */
    public Path file() {
        return newest;
    }

    /** Whether there are any, damaged or not. */
    public boolean exist() {
        return Files.exists(newest) || Files.exists(previous);
    }

    /**
     * Writes a state, keeping the one before, or another one before it if that was found damaged; called from any
     * thread.
     *
     * @throws IOException if it cannot be written, or the run directory is not there any more
     */
    public synchronized void write(Checkpoint checkpoint) throws IOException {
        Path folder = newest.getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
        }
        CondenseState state = checkpoint.state();
        Rest rest = new Rest(
                state.outer(),
                state.inner(),
                state.images().subsets(),
                state.images().selections(),
                checkpoint.begun(),
                checkpoint.metrics(),
                checkpoint.selections(),
                checkpoint.course());
        Path next = folder.resolve("state.next.npz");
        NumpyArchive archive = new NumpyArchive()
                .putText(REST, Json.line(rest))
                .put("images", state.images().images())
                .put("image_velocity", state.images().velocity())
                .put("weights", state.network().weights())
                .put("weight_velocity", state.network().velocity());
        state.images().chosen().ifPresent(chosen -> archive.put(CHOSEN, chosen));
        state.images().learned().ifPresent(learned -> archive.put(LEARNED, learned));
        archive.write(next);
        if (Files.exists(newest)) {
            AtomicFiles.move(newest, damaged ? DamagedFile.of(newest) : previous);
        }
        AtomicFiles.move(next, newest);
        damaged = false;
    }

    /**
     * Reads the last state that is whole; empty if the run was ended before there was one.
     *
     * @param notes is told if it is not the newest
     * @throws DataException if there are states, and all are damaged
     */
    public synchronized Optional<Checkpoint> read(Consumer<String> notes) {
        damaged = false;
        if (!exist()) {
            return Optional.empty();
        }
        DataException damage = null;
        for (Path file : List.of(newest, previous)) {
            if (!Files.exists(file)) {
                damage = damage == null ? new DataException(file + ": there is no such checkpoint") : damage;
                continue;
            }
            try {
                Checkpoint checkpoint = read(file);
                if (damage != null) {
                    notes.accept(damage.getMessage() + "; going on from the one before it, " + file + ", outer loop "
                            + checkpoint.state().outer() + ", inner loop "
                            + checkpoint.state().inner());
                }
                return Optional.of(checkpoint);
            } catch (DataException e) {
                damage = e;
                damaged = true;
            }
        }
        throw new DataException(
                damage.getMessage() + "; there is no other: remove " + newest.getParent() + " to begin the run again",
                damage);
    }

    /**
     * The outer loop that a run would go on in, by the small rest of its last whole state; nothing if there is none.
     *
     * @throws DataException if there are states, and all are damaged
     */
    OptionalInt outer() {
        return rest().map(rest -> OptionalInt.of(rest.outer())).orElse(OptionalInt.empty());
    }

    /**
     * What the images of the run depend on, by the small rest of its last whole state; nothing if there is none.
     *
     * @throws DataException if there are states, and all are damaged
     */
    public Optional<Fingerprint> begun() {
        return rest().map(Rest::begun);
    }

    private Optional<Rest> rest() {
        DataException damage = null;
        for (Path file : List.of(newest, previous)) {
            if (Files.exists(file)) {
                try {
                    String rest = NumpyArchive.readText(file, REST);
                    return Optional.of(Json.read(rest, Rest.class));
                } catch (IOException | RuntimeException e) {
                    damage = damaged(file, e);
                }
            }
        }
        if (damage != null) {
            throw damage;
        }
        return Optional.empty();
    }

    private static DataException damaged(Path file, Exception e) {
        return new DataException(file + ": the checkpoint is damaged (" + OneLine.reason(e) + ")", e);
    }

    private static Checkpoint read(Path file) {
        try {
            NumpyArchive archive = NumpyArchive.read(file);
            Rest rest = Json.read(archive.text(REST), Rest.class);
            CondenseState state = new CondenseState(
                    rest.outer(),
                    rest.inner(),
                    new Condensation.State(
                            floats(archive, "images"),
                            floats(archive, "image_velocity"),
                            rest.subsets(),
                            rest.selections(),
                            optional(archive, CHOSEN),
                            optional(archive, LEARNED)),
                    new Trajectory.State(floats(archive, "weights"), floats(archive, "weight_velocity")));
            return new Checkpoint(rest.begun(), state, rest.metrics(), rest.mls(), rest.course());
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static Optional<NumpyArray> optional(NumpyArchive archive, String name) throws IOException {
        return archive.has(name) ? Optional.of(archive.get(name)) : Optional.empty();
    }

    private static NumpyArray floats(NumpyArchive archive, String name) throws IOException {
        NumpyArray array = archive.get(name);
        if (array.type() != NumpyArray.Type.FLOAT32) {
            throw new IOException(name + " holds " + array.type());
        }
        return array;
    }
}
