package io.mdc.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Keeps other processes from a directory while this one writes to it, by a file {@code lock} that says who holds it.
 *
 * <p>On one machine the operating system's lock of the file decides, which ends with its process. Machines that share a
 * file system may not share such locks, and some file systems have none: there a file that was not touched for
 * {@link #STALE}, by the clock that stamps it, is a dead process's.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The name of its file. */
    public static final String FILE = "lock";

    /** How long a holder on another machine may seem dead. */
    static final Duration STALE = Duration.ofMinutes(3);

    private static final long TOUCH_SECONDS = 30;

    /**
     * Directories that jobs of this process hold, and their locks, once they are taken. The operating system's lock is
     * the process's, and ends when any of its channels to the file is closed: a file that is held must not even be
     * opened again.
     */
    private static final Map<Path, Optional<DirectoryLock>> HELD = new ConcurrentHashMap<>();

    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private final Object key;
    private final LockHolder holder;
    private final ScheduledExecutorService heart;
    private final AtomicBoolean closed = new AtomicBoolean();

    @SuppressWarnings("FutureReturnValueIgnored") // a failure ends the touching, which is all it is for
    private DirectoryLock(Path directory, Path file, FileChannel channel, Object key, LockHolder holder) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
        this.key = key;
        this.holder = holder;
        heart = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "mdc-lock");
            thread.setDaemon(true);
            return thread;
        });
        heart.scheduleWithFixedDelay(this::touch, TOUCH_SECONDS, TOUCH_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Takes the lock of a directory.
     *
     * @throws InUseException if another process, or another job of this one, has it
     * @throws DataException if a link is in the place of its file
     */
    public static DirectoryLock take(Path directory) throws IOException {
        return take(directory, SystemLock::of);
    }

    /** {@link #take(Path)}, asking the system in this way. */
    static DirectoryLock take(Path directory, Locking locking) throws IOException {
        Path real = directory.toRealPath();
        if (HELD.putIfAbsent(real, Optional.empty()) != null) {
            throw inUse(directory.resolve(FILE), Optional.of(LockHolder.here()));
        }
        boolean taken = false;
        try {
            DirectoryLock lock = take(directory, real, locking);
            HELD.put(real, Optional.of(lock));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static DirectoryLock take(Path directory, Path real, Locking locking) throws IOException {
        Path file = directory.resolve(FILE);
        while (true) {
            boolean made = make(file);
            try {
                Optional<DirectoryLock> lock = take(file, made, real, locking);
                if (lock.isPresent()) {
                    return lock.get();
                }
            } catch (NoSuchFileException e) {
                // its last holder has just taken the file away: once more
            }
        }
    }

    /** Makes the file; false if there is one, which another process may be about to write its name to. */
    private static boolean make(Path file) throws IOException {
        try {
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Takes it by a file that is there; empty if another file has come into its place. */
    private static Optional<DirectoryLock> take(Path file, boolean made, Path real, Locking locking)
            throws IOException {
        FileChannel channel = open(file);
        boolean taken = false;
        try {
            Object before = key(file);
            SystemLock system = locking.lock(channel);
            Optional<LockHolder> last = LockHolder.of(channel);
            if (!isFree(system, last, made, () -> isTouched(file, locking.now(file)))) {
                throw inUse(file, last);
            }
            if (system == SystemLock.NONE && !made) {
                Files.deleteIfExists(file); // of all who find it abandoned, one makes it anew
                return Optional.empty();
            }
            if (!Objects.equals(before, key(file))) {
                return Optional.empty();
            }
            LockHolder holder = LockHolder.here();
            holder.write(channel);
            taken = true;
            return Optional.of(new DirectoryLock(real, file, channel, before, holder));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isFree(
            SystemLock system, Optional<LockHolder> last, boolean made, BooleanSupplier isTouched) {
        return switch (system) {
            case OURS ->
                last.map(holder -> holder.isHere() || !isTouched.getAsBoolean()).orElse(true);
            case OTHERS -> false;
            case NONE -> made || !isTouched.getAsBoolean();
        };
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** What a link in the place of the file names may be anything of the user's, and must not be written to. */
    private static FileChannel open(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new DataException(file + ": is a link, which no lock of mdc is; remove it");
        }
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether another process, or another job of this one, has the lock of a directory now. */
    public static boolean isTaken(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(FILE))) {
            return false;
        }
        try {
            take(directory).close();
            return false;
        } catch (InUseException e) {
            return true;
        }
    }

    /**
     * Whether a process seems to have the lock: what the file says, and this machine's clock, are believed, and the
     * directory left as it is, so that to look at a run never keeps another process from it.
     */
    public static boolean isHeld(Path directory) throws IOException {
        if (HELD.containsKey(directory.toRealPath())) {
            return true;
        }
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return LockHolder.named(file)
                .map(holder -> holder.isHere() ? holder.isAlive() : isTouched(file, Instant.now()))
                .orElse(false);
    }

    private static InUseException inUse(Path file, Optional<LockHolder> holder) {
        return new InUseException(file + ": in use by "
                + holder.map(LockHolder::toString).orElse("another process") + "; wait until it ends, or stop it");
    }

    /** Whether a process somewhere has touched a lock's file shortly before. */
    private static boolean isTouched(Path file, Instant now) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(now.minus(STALE));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes sure that a directory which this process holds was not taken over by another, which may happen where locks
     * are not shared, while this one was suspended.
     *
     * @throws InUseException if it was
     */
    public static void requireOwn(Path directory) throws IOException {
        Optional<DirectoryLock> own =
                Optional.ofNullable(HELD.get(directory.toRealPath())).flatMap(held -> held);
        if (own.isPresent()) {
            own.get().requireOwn();
        }
    }

    private void requireOwn() throws IOException {
        Optional<LockHolder> successor = successor();
        if (successor.isPresent()) {
            throw new InUseException(
                    file + ": taken over by " + successor.get() + ", as this process did not touch it for "
                            + STALE.toMinutes() + " minutes; it ends here, and leaves the directory to the other");
        }
    }

    /** Who has taken the directory over, in the same file or in another one in its place. */
    private Optional<LockHolder> successor() throws IOException {
        try {
            Optional<LockHolder> named = channel.isOpen() && Objects.equals(key(file), key)
                    ? LockHolder.of(channel)
                    : LockHolder.named(file);
            return named.filter(other -> !other.equals(holder));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // somebody has removed it by hand
        }
    }

    /** By the channel: {@link Files} would open the file and close it. */
    void touch() {
        try {
            if (Files.exists(file) && successor().isEmpty()) {
                holder.write(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // ends the touching: the directory is gone
        }
    }

    /**
     * Lets others have all directories of this process, which is about to end without the work coming to its end: one
     * on another machine would take it for alive. A lock that cannot be given back stays.
     */
    public static void giveAllBack() {
        for (Optional<DirectoryLock> held : HELD.values()) {
            try {
                if (held.isPresent()) {
                    held.get().close();
                }
            } catch (IOException e) {
                // is taken for a dead process's in a while
            }
        }
    }

    /** Lets others have the directory, if they may not already. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return; // the file may be another's by now
        }
        heart.shutdown(); // an interrupt would close the channel
        try {
            if (successor().isEmpty()) {
                Files.deleteIfExists(file);
            }
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
