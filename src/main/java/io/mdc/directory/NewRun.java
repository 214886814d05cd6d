package io.mdc.directory;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.config.RunConfig;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the directory of a run comes to be.
 *
 * <p>Of several processes that make one at the same time one succeeds; what a killed one left half made is no run, and
 * in nobody's way.
 */
public final class NewRun {
    private NewRun() {}

    /**
     * Creates the directory of a new run and writes its settings.
     *
     * @throws ConfigException if it exists and is not empty, or cannot be written
     * @throws DataException if another process creates it at the same time
     */
    public static RunDirectory create(Path path, RunConfig config) {
        begin(path, directory -> directory.settingsFile().write(config));
        return new RunDirectory(path);
    }

    /**
     * Creates a directory, or takes one that is empty, and writes the first files to it; of several processes that do
     * so at the same time one succeeds.
     *
     * @param filling writes them
     * @throws ConfigException if it exists and is not empty, or cannot be written
     * @throws DataException if another process has it
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static void begin(Path path, Filling filling) {
        String advice = "name another directory, or continue it with --resume";
        try {
            Files.createDirectories(path);
            requireOnly(NewRun::isOfBeginning, path, advice);
            RunDirectory directory = new RunDirectory(path);
            try (DirectoryLock lock = directory.lock()) {
                requireOnly(NewRun::isOfBeginning, path, advice); // another may have been faster
                filling.fill(directory);
            }
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
        }
    }

    /**
     * Opens the directory of a run that may have been begun, by this process or by another at the same time.
     *
     * @param notes is told if its settings are not as they were written
     * @throws ConfigException if it is that of a run with other settings, or cannot be written
     * @throws DataException if its settings were cut off, or another process has it and has not written them yet
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static RunDirectory openOrCreate(Path path, RunConfig config, Consumer<String> notes) {
        RunDirectory directory = new RunDirectory(path);
        if (!Files.exists(directory.config())) {
            try {
                Files.createDirectories(path);
                try (DirectoryLock lock = directory.lock()) {
                    if (!Files.exists(directory.config())) { // another may have been faster
                        directory.settingsFile().write(config);
                    }
                }
            } catch (IOException e) {
                throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
            }
        }
        directory.requireShaping(config, notes);
        return directory;
    }

    /**
     * Makes a directory that has other files already, or a run that is to be replaced, that of a run which is finished
     * at once; it is a run from when all is there. One that is replaced counts as not finished meanwhile.
     *
     * @param manifest of the finished run
     * @param filling writes what else is in it
     * @throws ConfigException if it cannot be written
     * @throws DataException if another process has it
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static RunDirectory fillFinished(Path path, RunConfig config, Manifest manifest, Filling filling) {
        RunDirectory directory = new RunDirectory(path);
        try (DirectoryLock lock = directory.lock()) {
            directory.writeJson(directory.manifest(), manifest.unfinished());
            filling.fill(directory);
            directory.settingsFile().write(config);
            directory.writeJson(directory.manifest(), manifest);
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
        }
        return directory;
    }

    /**
     * Makes sure that the directory of a run that will be finished at once can be made.
     *
     * @throws ConfigException if it exists and is not empty, or cannot be made
     */
    public static void requireFree(Path path) {
        try {
            requireEmpty(path, "name another directory");
            Path above = path.toAbsolutePath();
            while (!Files.exists(above)) {
                above = above.getParent();
            }
            if (!Files.isDirectory(above)) {
                throw new FileAlreadyExistsException(above.toString());
            } else if (!Files.isWritable(above)) {
                throw new AccessDeniedException(above.toString());
            }
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
        }
    }

    /**
     * Makes the directory of a run that is finished at once, with its settings; it appears complete or not at all.
     *
     * @param filling writes what else is in it
     * @throws ConfigException if it exists and is not empty, or cannot be written
     */
    public static RunDirectory createFinished(Path path, RunConfig config, Filling filling) {
        requireFree(path);
        try {
            Path place = Files.exists(path) ? path.toRealPath() : path;
            Files.deleteIfExists(place);
            AtomicFiles.folder(place, part -> {
                RunDirectory directory = new RunDirectory(part);
                filling.fill(directory);
                directory.settingsFile().write(config);
            });
            return RunDirectory.open(path);
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
        }
    }

    /** Writes files of a directory that is made. */
    @FunctionalInterface
    public interface Filling {
        /** Writes those that are asked for. */
        void fill(RunDirectory directory) throws IOException;
    }

    private static void requireEmpty(Path path, String advice) throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        requireOnly(NewRun::isOfBeginning, path, advice);
        if (!DirectoryLock.isTaken(path)) { // whose file of a dead process is gone then
            AtomicFiles.removeParts(path);
        }
        requireOnly(name -> false, path, advice);
    }

    /** Whether a process that begins, or was killed while it did, has a file of this name. */
    private static boolean isOfBeginning(String name) {
        return name.equals(DirectoryLock.FILE) || (name.startsWith(".") && name.endsWith(".part"));
    }

    private static void requireOnly(Predicate<String> names, Path path, String advice) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            if (!entries.map(entry -> entry.getFileName().toString()).allMatch(names)) {
                throw new ConfigException("out", path, "exists already; " + advice);
            }
        }
    }
}
