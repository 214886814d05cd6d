package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.condense.Condensation;
import io.mdc.condense.CondenseState;
import io.mdc.condense.Trajectory;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.subset.AdaptiveSubset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the last state of a run in one file, {@code state.npz}: arrays, and the small rest as JSON; checksummed by the
 * zip format.
 */
final class Checkpoints {
    private static final String REST = "state.json";

    private record Rest(int outer, int inner, List<AdaptiveSubset.State> subsets, int selections) {}

    private final Path file;

    Checkpoints(Path directory) {
        file = directory.resolve("state.npz");
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path file() {
        return file;
    }

    void write(CondenseState state) throws IOException {
        Files.createDirectories(file.getParent());
        Rest rest = new Rest(
                state.outer(),
                state.inner(),
                state.images().subsets(),
                state.images().selections());
        new NumpyArchive()
                .putText(REST, Json.line(rest))
                .put("images", state.images().images())
                .put("image_velocity", state.images().velocity())
                .put("weights", state.network().weights())
                .put("weight_velocity", state.network().velocity())
                .write(file);
    }

    /**
     * Reads the last state.
     *
     * @throws DataException if there is none or it is damaged
     */
    CondenseState read() {
        if (!exists()) {
            throw new DataException(file + ": no checkpoint to resume from; start the run anew in another directory");
        }
        try {
            NumpyArchive archive = NumpyArchive.read(file);
            Rest rest = Json.read(archive.text(REST), Rest.class);
            return new CondenseState(
                    rest.outer(),
                    rest.inner(),
                    new Condensation.State(
                            floats(archive, "images"),
                            floats(archive, "image_velocity"),
                            rest.subsets(),
                            rest.selections()),
                    new Trajectory.State(floats(archive, "weights"), floats(archive, "weight_velocity")));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": the checkpoint is damaged (" + e.getMessage()
                            + "); start the run anew in another directory",
                    e);
        }
    }

    private static NumpyArray floats(NumpyArchive archive, String name) throws IOException {
        NumpyArray array = archive.get(name);
        if (array.type() != NumpyArray.Type.FLOAT32) {
            throw new IOException(name + " holds " + array.type());
        }
        return array;
    }
}
