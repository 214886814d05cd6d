package io.mdc.pretrained;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.Json;
import io.mdc.base.OneLine;
import io.mdc.data.Cache;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * States of trained networks, in a folder of the cache: {@code NUMBER/STATE.npz}, and in {@code made-by.json} what they
 * were made by, from which the folder's name follows.
 *
 * <p>A file for each state: a step needs one or two of them, which are read when they are needed, and more networks or
 * states add files to the folder. How far a network has come to its next state is in {@code NUMBER/way.npz}, written
 * now and then and when its training is stopped; a process that is killed loses what it did since.
 */
final class NetworkFiles {
    private static final String FOLDER = "networks";
    private static final String MADE_BY = "made-by.json";
    private static final String PARAMETERS = "parameters";
    private static final String LOSS = "loss";
    private static final String VELOCITY = "velocity";
    private static final String PLACE = "place";

    /** Headers of a file and its place in a folder. */
    private static final long BYTES_BESIDES = 1024;

    private record MadeBy(Map<String, String> settings) {
        MadeBy {
            settings = new TreeMap<>(settings);
        }
    }

    private final Path folder;
    private final MadeBy madeBy;

    /**
     * The files of networks that all these settings determine, text by key; nothing is read or written yet.
     *
     * @param kind what they are for
     * @param cache directory of the cache, which may not exist yet
     */
    NetworkFiles(Path cache, String kind, Map<String, String> settings) {
        madeBy = new MadeBy(settings);
        folder = cache.resolve(FOLDER).resolve(kind + "-" + Cache.key(List.of(), Json.line(madeBy)));
    }

    Path folder() {
        return folder;
    }

    /** Whether anything of a network can be there; of one never begun its states need not be looked for. */
    boolean hasBegun(int network) {
        return Files.isDirectory(folder(network));
    }

    boolean has(int network, int state) {
        return Files.isRegularFile(file(network, state));
    }

    private Path folder(int network) {
        return folder.resolve(Integer.toString(network));
    }

    private Path file(int network, int state) {
        return folder(network).resolve(state + ".npz");
    }

    /**
     * Makes sure that the folder, if it is there, is of these settings.
     *
     * @throws DataException if it is not
     */
    void requireOwn() {
        if (!Files.exists(folder)) {
            return;
        }
        Path file = folder.resolve(MADE_BY);
        Map<String, String> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = Json.read(in, MadeBy.class).settings();
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    folder + ": damaged cache of networks (" + MADE_BY + ": " + OneLine.reason(e)
                            + "); remove this folder",
                    e);
        }
        madeBy.settings().forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                throw new DataException(folder + ": these networks were made with " + key + " " + found.get(key)
                        + " where the settings have " + value + "; remove this folder");
            }
        });
    }

    /**
     * Makes sure that a file is not cut off; its content is verified when it is read.
     *
     * @throws DataException if it is
     */
    void requireWhole(int network, int state) {
        try {
            if (!NumpyArchive.names(file(network, state)).contains(PARAMETERS)) {
                throw new IOException("no parameters in it");
            }
        } catch (IOException e) {
            throw damaged(file(network, state), e);
        }
    }

    /** Bytes of a file of so many parameters. */
    static long bytes(long parameters) {
        return parameters * Float.BYTES + BYTES_BESIDES;
    }

    /**
     * Keeps other processes from training a network until it is closed; the first makes the folder.
     *
     * @throws io.mdc.base.InUseException if one trains it
     */
    DirectoryLock lock(int network) {
        Path own = folder(network);
        try {
            if (!Files.exists(folder)) {
                AtomicFiles.folder(folder, made -> AtomicFiles.write(made.resolve(MADE_BY), Json.text(madeBy)));
            }
            Files.createDirectories(own);
            DirectoryLock lock = DirectoryLock.take(own);
            AtomicFiles.removeParts(own);
            return lock;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Writes one, of a network that is locked; the way to it is done.
     *
     * @param loss mean of the steps to it
     */
    void write(int network, int state, ParameterSet weights, double loss) {
        float[] values = weights.flat().toFloats();
        try {
            new NumpyArchive()
                    .put(PARAMETERS, NumpyArray.of(values, values.length))
                    .put(LOSS, NumpyArray.of(new double[] {loss}, 1))
                    .write(file(network, state));
        } catch (IOException e) {
            throw unwritable(e);
        }
        remove(way(network));
    }

    private Path way(int network) {
        return folder(network).resolve("way.npz");
    }

    /** Writes how far a network that is locked has come. */
    void write(int network, Way way) {
        try {
            new NumpyArchive()
                    .put(PLACE, NumpyArray.of(new double[] {way.state(), way.batches(), way.loss()}, 3))
                    .put(PARAMETERS, way.parameters())
                    .put(VELOCITY, way.velocity())
                    .write(way(network));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * How far a network was on its way to a state when that was last written; a file that is damaged is removed.
     *
     * @param parameters how many it has
     * @param notes is told if it is damaged
     * @return empty if nothing of that way is known
     */
    Optional<Way> way(int network, int state, long parameters, Consumer<String> notes) {
        if (!Files.exists(way(network))) {
            return Optional.empty();
        }
        try {
            NumpyArchive file = NumpyArchive.read(way(network));
            double[] place = file.get(PLACE).toDoubles();
            Way way = new Way((int) place[0], (long) place[1], place[2], file.get(PARAMETERS), file.get(VELOCITY));
            way.requireOf(parameters);
            return Optional.of(way).filter(left -> left.state() == state);
        } catch (IOException | RuntimeException e) {
            remove(way(network));
            notes.accept(way(network) + ": damaged (" + OneLine.reason(e)
                    + "); removed, and the network is trained on from its state before");
            return Optional.empty();
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Mean loss of the steps to a state.
     *
     * @return empty if its file, of an earlier version, does not say
     * @throws DataException if the file is damaged
     */
    OptionalDouble loss(int network, int state) {
        try {
            NumpyArchive file = NumpyArchive.read(file(network, state), Set.of(LOSS));
            return file.has(LOSS) ? OptionalDouble.of(file.get(LOSS).toDoubles()[0]) : OptionalDouble.empty();
        } catch (IOException | RuntimeException e) {
            throw damaged(file(network, state), e);
        }
    }

    /** That something cannot be written. */
    DataException unwritable(IOException e) {
        return new DataException(
                folder + ": networks cannot be written (" + OneLine.reason(e)
                        + "); free space there, or set MDC_DATA_DIR to another directory",
                e);
    }

    /** Reads one. */
    void read(int network, int state, ParameterSet into) {
        try {
            float[] values =
                    NumpyArchive.read(file(network, state)).get(PARAMETERS).toFloats();
            into.flat().set(values);
            if (!into.isFinite()) {
                throw new IllegalStateException("numbers in it are not finite");
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw damaged(file(network, state), e);
        }
    }

    private static DataException damaged(Path file, Exception e) {
        return new DataException(
                file + ": the network is damaged (" + OneLine.reason(e)
                        + "); remove this file, and it is trained again",
                e);
    }
}
