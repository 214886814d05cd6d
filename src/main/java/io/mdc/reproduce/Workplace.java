package io.mdc.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.InUseException;
import io.mdc.base.Json;
import io.mdc.directory.RunDirectory;
import io.mdc.reproduce.plan.Scale;
import io.mdc.reproduce.plan.Setup;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.TextForm;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The directory that tables are made in: {@code reproduce.json} says how its runs are made, {@code runs} holds them.
 *
 * <p>What the file says holds once there is a run, and while a process is at work that may make the first one; that of
 * a command which failed before counts no more.
 *
 * @param path of the directory
 */
record Workplace(Path path) {
    private static final String FILE = "reproduce.json";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where the directories of runs are. */
    Path runs() {
        return path.resolve("runs");
    }

    /**
     * How the runs of the directory are made, if it is in use.
     *
     * @throws DataException if its file is damaged
     */
    Optional<Scale> scale() {
        return holding().map(begun -> TextForm.parseConstant(Scale.class, begun.scale()));
    }

    /** The most runs of each kind that were asked for in it; empty if it is not in use. */
    OptionalInt seeds() {
        return holding().stream().mapToInt(Begun::seeds).findFirst();
    }

    /** The settings of the user's that go on to hold in it; none if it is not in use. */
    Layer settings() {
        return holding().map(Begun::kept).orElse(Layer.options(Map.of()));
    }

    /**
     * Makes sure that runs of a setup can be in it; writes nothing.
     *
     * @throws ConfigException if it holds other files, or was begun otherwise
     * @throws DataException if its file is damaged
     */
    void require(Setup setup) {
        requireOwn();
        holding().ifPresent(begun -> begun.requireGoesOn(Begun.with(setup), path));
    }

    /**
     * Takes the directory for runs of a setup, or goes on with it.
     *
     * @return to be closed when the process ends its work, until when no other can begin the directory otherwise
     * @throws ConfigException if it holds other files, was begun otherwise, or cannot be written
     * @throws DataException if its file is damaged
     */
    Closeable take(Setup setup) {
        requireOwn();
        Begun wanted = Begun.with(setup);
        try {
            Files.createDirectories(path);
            while (true) {
                try {
                    return begin(wanted);
                } catch (InUseException e) {
                    LockSupport.parkNanos(PAUSE_NANOS); // it may just be writing the file
                    Optional<Begun> other = stored();
                    if (other.isPresent()) {
                        other.get().requireGoesOn(wanted, path);
                        write(other.get().and(wanted), other);
                        return () -> DirectoryLock.isTaken(path); // which removes the lock of one that was killed
                    }
                }
            }
        } catch (IOException e) {
            throw new ConfigException("out", path, "cannot be written: " + RunDirectory.reason(e));
        }
    }

    private Closeable begin(Begun wanted) throws IOException {
        DirectoryLock lock = DirectoryLock.take(path);
        boolean begun = false;
        try {
            Optional<Begun> before = stored();
            if (before.isPresent() && hasRuns()) {
                before.get().requireGoesOn(wanted, path);
                write(wanted.and(before.get()), before);
            } else {
                write(wanted, before);
            }
            begun = true;
            return lock::close;
        } finally {
            if (!begun) {
                lock.close();
            }
        }
    }

    private void write(Begun now, Optional<Begun> before) throws IOException {
        if (!before.equals(Optional.of(now))) {
            AtomicFiles.write(path.resolve(FILE), Json.text(now));
        }
    }

    /** Fails if there is anything but what is left of an interrupted start, or is being made of one. */
    private void requireOwn() {
        boolean others;
        try {
            others = stored().isEmpty() && holdsOtherFiles();
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (others && stored().isEmpty()) { // another process may just have begun it
            throw new ConfigException("out", path, "holds other files and no " + FILE + "; name another directory");
        }
    }

    private boolean holdsOtherFiles() throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .anyMatch(name ->
                            !name.startsWith(FILE, 1) && !name.startsWith(FILE) && !name.equals(DirectoryLock.FILE));
        }
    }

    private Optional<Begun> holding() {
        try {
            return Files.isDirectory(path) && (hasRuns() || DirectoryLock.isHeld(path)) ? stored() : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean hasRuns() throws IOException {
        if (!Files.isDirectory(runs())) {
            return false;
        }
        try (Stream<Path> entries = Files.list(runs())) {
            return entries.findAny().isPresent();
        }
    }

    private Optional<Begun> stored() {
        Path file = path.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Json.read(in, Begun.class));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new DataException(file + ": damaged; it must say {\"scale\": …, \"settings\": {…}}", e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private DataException unreadable(IOException e) {
        return new DataException(path + ": cannot be read: " + RunDirectory.reason(e), e);
    }
}
