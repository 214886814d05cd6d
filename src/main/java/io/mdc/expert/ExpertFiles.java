package io.mdc.expert;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
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
import java.util.TreeMap;

/**
 * Parameters of experts after every epoch, in a folder of the cache: {@code EXPERT/EPOCH.npz}, and in
 * {@code experts.json} what they were made by, from which the folder's name follows.
 *
 * <p>A file for each epoch: a step needs two of them, which are read when they are needed, an interruption loses the
 * epoch being trained, and more experts or epochs add files to the folder.
 */
final class ExpertFiles {
    private static final String KIND = "experts";
    private static final String MADE_BY = "experts.json";
    private static final String PARAMETERS = "parameters";

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
     * The files of experts that all these settings determine, text by key; nothing is read or written yet.
     *
     * @param cache directory of the cache, which may not exist yet
     */
    ExpertFiles(Path cache, Map<String, String> settings) {
        madeBy = new MadeBy(settings);
        folder = cache.resolve(KIND).resolve(Cache.key(List.of(), Json.line(madeBy)));
    }

    Path folder() {
        return folder;
    }

    boolean has(int expert, int epoch) {
        return Files.isRegularFile(file(expert, epoch));
    }

    private Path file(int expert, int epoch) {
        return folder.resolve(Integer.toString(expert)).resolve(epoch + ".npz");
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
                    folder + ": damaged cache of experts (" + MADE_BY + ": " + OneLine.reason(e)
                            + "); remove this folder",
                    e);
        }
        madeBy.settings().forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                throw new DataException(folder + ": these experts were made with " + key + " " + found.get(key)
                        + " where the settings have " + value + "; remove this folder");
            }
        });
    }

    /**
     * Makes sure that a file is not cut off; its content is verified when it is read.
     *
     * @throws DataException if it is
     */
    void requireWhole(int expert, int epoch) {
        try {
            if (!NumpyArchive.names(file(expert, epoch)).contains(PARAMETERS)) {
                throw new IOException("no parameters in it");
            }
        } catch (IOException e) {
            throw damaged(expert, epoch, e);
        }
    }

    /**
     * Makes sure that there is room for files of so many parameters.
     *
     * @throws DataException if there is not
     */
    void requireRoom(long files, long parameters) {
        try {
            DiskFull.requireRoom(folder, files * (parameters * Float.BYTES + BYTES_BESIDES));
        } catch (DiskFull e) {
            throw new DataException(
                    "no room for " + files + " files of experts: " + e.getMessage() + " with MDC_DATA_DIR", e);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Writes one; the first makes the folder. */
    void write(int expert, int epoch, ParameterSet weights) {
        float[] values = weights.flat().toFloats();
        Path file = file(expert, epoch);
        try {
            if (!Files.exists(folder)) {
                AtomicFiles.folder(folder, made -> AtomicFiles.write(made.resolve(MADE_BY), Json.text(madeBy)));
            }
            Files.createDirectories(file.getParent());
            new NumpyArchive()
                    .put(PARAMETERS, NumpyArray.of(values, values.length))
                    .write(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DataException unwritable(IOException e) {
        return new DataException(
                folder + ": experts cannot be written (" + OneLine.reason(e)
                        + "); free space there, or set MDC_DATA_DIR to another directory",
                e);
    }

    /** Reads one. */
    void read(int expert, int epoch, ParameterSet into) {
        try {
            float[] values =
                    NumpyArchive.read(file(expert, epoch)).get(PARAMETERS).toFloats();
            into.flat().set(values);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw damaged(expert, epoch, e);
        }
    }

    private DataException damaged(int expert, int epoch, Exception e) {
        return new DataException(
                file(expert, epoch) + ": the expert is damaged (" + OneLine.reason(e)
                        + "); remove this file, and its epoch is trained again",
                e);
    }
}
