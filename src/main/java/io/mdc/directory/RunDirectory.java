package io.mdc.directory;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.FailureLine;
import io.mdc.base.Json;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The directory of one run and the names of what is in it. */
public final class RunDirectory {
    /** The name of the file that every run has. */
    public static final String CONFIG = "config.yaml";

    /** The name of the file with its circumstances. */
    public static final String MANIFEST = "manifest.json";

    private final Path path;
    private final Checkpoints checkpoints;

    RunDirectory(Path path) {
        this.path = path;
        checkpoints = new Checkpoints(path.resolve("checkpoint"));
    }

    /**
     * Opens the directory of an earlier run.
     *
     * @throws ConfigException if it is not one
     */
    public static RunDirectory open(Path path) {
        if (!Files.isRegularFile(path.resolve(CONFIG))) {
            throw new ConfigException(path + ": not a run directory, it has no " + CONFIG);
        }
        return new RunDirectory(path);
    }

    /**
     * Makes sure that it is of a run with the same settings.
     *
     * @throws ConfigException if it is of another
     * @throws DataException if its settings were cut off
     */
    public void requireShaping(RunConfig config, Consumer<String> notes) {
        Map<String, String> now = config.absolute().shaping();
        ConfigReader.read(settings(notes)).absolute().shaping().forEach((key, value) -> {
            if (!now.get(key).equals(value)) {
                throw new ConfigException(config() + ": " + key + " is " + value + ", not " + now.get(key)
                        + ": it is of another run; name another directory");
            }
        });
    }

    /**
     * Notes that the run is to be as long as these settings say, if that is longer than before.
     *
     * @throws IOException if that cannot be written
     */
    public void lengthen(RunConfig config) throws IOException {
        RunConfig begun = ConfigReader.read(settings(note -> {}));
        if (config.loop().outer() > begun.loop().outer()) {
            settingsFile().write(begun.asLongAs(config));
        }
    }

    /**
     * The settings of a file, which may be that of a run.
     *
     * @param notes is told if they are a run's and not as they were written
     * @throws ConfigException if they cannot be read
     * @throws DataException if they are a run's and some were cut off
     */
    public static Layer settingsOf(Path file, Consumer<String> notes) {
        return new SettingsFile(file).readAny(notes);
    }

    /** Whether the settings in a directory are those of a run, and all there. */
    public static boolean hasSettings(Path directory) {
        return new SettingsFile(directory.resolve(CONFIG)).isWhole();
    }

    /**
     * Keeps other processes from it until the lock is closed, and removes what such a one left half written.
     *
     * @throws io.mdc.base.DataException if one has it
     */
    public DirectoryLock lock() throws IOException {
        DirectoryLock lock = DirectoryLock.take(path);
        AtomicFiles.removeParts(path);
        AtomicFiles.removeParts(checkpoints().file().getParent());
        AtomicFiles.removeParts(best());
        return lock;
    }

    /**
     * Makes sure that the directory was neither removed nor taken over by another process meanwhile.
     *
     * @throws DataException if it was
     */
    public void requireOwn() {
        if (!Files.exists(config())) {
            throw new DataException(path + ": the run directory was removed while the run was under way");
        }
        try {
            DirectoryLock.requireOwn(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the run is. */
    public Path path() {
        return path;
    }

    /**
     * The settings the run was begun with, or has gone on with for more loops.
     *
     * @param notes is told if they are not as they were written
     * @throws ConfigException if they cannot be read
     * @throws DataException if some were cut off
     */
    public Layer settings(Consumer<String> notes) {
        return settingsFile().read(notes);
    }

    SettingsFile settingsFile() {
        return new SettingsFile(config());
    }

    /** Whether another process writes to it now. */
    public boolean isInUse() throws IOException {
        return DirectoryLock.isTaken(path);
    }

    /** Whether the run has come to its end: the condensed set is there, and all that is written after it. */
    public boolean isFinished() {
        return Files.exists(synthetic())
                && Manifest.ifReadable(manifest()).filter(Manifest::finished).isPresent();
    }

    /** Signs that the run diverged, one line each; none if its manifest is missing or damaged. */
    public List<String> warnings() {
        return Manifest.ifReadable(manifest()).map(Manifest::warnings).orElse(List.of());
    }

    /** The condensed set. */
    public Path synthetic() {
        return path.resolve("synthetic.npz");
    }

    /** Its picture. */
    public Path picture() {
        return path.resolve("synthetic.png");
    }

    /** The evaluation of its prefixes. */
    public Path evaluation() {
        return path.resolve("evaluation.json");
    }

    /** The comparison of its condensed set with real images. */
    public Path robust() {
        return path.resolve("robust.json");
    }

    /** Where trained evaluation networks are kept. */
    public Path models() {
        return path.resolve("models");
    }

    /** Trainings of the evaluation of its prefixes, a line each. */
    public Path evaluationLedger() {
        return path.resolve("evaluation.trials.jsonl");
    }

    /** Trainings of the comparison with real images which are not of an evaluation, a line each. */
    public Path robustLedger() {
        return path.resolve("robust.trials.jsonl");
    }

    /** The settings. */
    public Path config() {
        return path.resolve(CONFIG);
    }

    /** The inner loops, a line each. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** The selections of the most learnable subset, a line each. */
    public Path selections() {
        return path.resolve("mls.jsonl");
    }

    /** The evaluations during the run, a line each. */
    public Path course() {
        return path.resolve("course.jsonl");
    }

    /** Trainings of the evaluation during the run that is under way, a line each. */
    public Path courseLedger() {
        return path.resolve("course.trials.jsonl");
    }

    /** The best sets of the course. */
    public Path best() {
        return path.resolve("best");
    }

    /** Under which circumstances it was made. */
    public Path manifest() {
        return path.resolve(MANIFEST);
    }

    /** The states from which it goes on; one object, as several threads may write them. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /**
     * Writes a value as JSON in one step.
     *
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file, Object value) throws IOException {
        AtomicFiles.write(file, Json.text(value));
    }

    /**
     * What a file of a run holds.
     *
     * @throws DataException if it cannot be read
     */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataException(
                    file + ": cannot be read: " + (Files.isDirectory(file) ? "a directory is in its place" : reason(e)),
                    e);
        }
    }

    /** {@link #bytes} as UTF-8. */
    static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** Why a file cannot be read or written, for the end of a message. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        return FailureLine.of(e);
    }
}
