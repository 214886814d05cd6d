package io.mdc.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Keeps other processes from a directory while this one writes to it, by a file {@code lock} that says who holds it.
 *
 * <p>On one machine the operating system's lock of the file decides, which ends with its process. Machines that share a
 * file system may not share such locks, and some file systems have none: there a file that was not touched for
 * {@link #STALE} is a dead process's.
 */
public final class DirectoryLock implements AutoCloseable {
    /** The name of its file. */
    public static final String FILE = "lock";

    /** How long a holder on another machine may seem dead. */
    static final Duration STALE = Duration.ofMinutes(3);

    /** How exactly the start of a process is known. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

    private static final long TOUCH_SECONDS = 30;
    private static final int LONGEST = 4096;

    /**
     * Who holds a lock.
     *
     * @param process its number
     * @param host the name of its machine, which another may have too
     * @param boot what tells this start of that machine from all others; empty where nothing does
     * @param since when it took the lock, ISO 8601, UTC
     */
    public record Holder(long process, String host, String boot, String since) {
        /** Checks that nothing is missing. */
        public Holder {
            Objects.requireNonNull(host, "host");
            boot = Objects.requireNonNullElse(boot, "");
            Objects.requireNonNull(since, "since");
        }

        /** This process, now. */
        public static Holder here() {
            return new Holder(
                    ProcessHandle.current().pid(),
                    hostName(),
                    Boot.ID,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        }

        /** Whether it is, or was, on this machine since that was last started. */
        boolean isHere() {
            return host.equals(hostName()) && boot.equals(Boot.ID);
        }

        @Override
        public String toString() {
            return "process " + process + " on " + host + " since " + since;
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
            }
        }
    }

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
    private final Holder holder;
    private final ScheduledExecutorService heart;
    private final AtomicBoolean closed = new AtomicBoolean();

    @SuppressWarnings("FutureReturnValueIgnored") // a failure ends the touching, which is all it is for
    private DirectoryLock(Path directory, Path file, FileChannel channel, Object key, Holder holder) {
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

    /** {@link #take(Path)}, asking for the operating system's lock in this way. */
    static DirectoryLock take(Path directory, Function<FileChannel, SystemLock> locking) throws IOException {
        Path real = directory.toRealPath();
        if (HELD.putIfAbsent(real, Optional.empty()) != null) {
            throw inUse(directory.resolve(FILE), Optional.of(Holder.here()));
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

    private static DirectoryLock take(Path directory, Path real, Function<FileChannel, SystemLock> locking)
            throws IOException {
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
    private static Optional<DirectoryLock> take(
            Path file, boolean made, Path real, Function<FileChannel, SystemLock> locking) throws IOException {
        FileChannel channel = open(file);
        boolean taken = false;
        try {
            Object before = key(file);
            SystemLock system = locking.apply(channel);
            Optional<Holder> last = read(channel);
            if (!isFree(system, last, file, made)) {
                throw inUse(file, last);
            }
            if (system == SystemLock.NONE && !made) {
                Files.deleteIfExists(file); // of all who find it abandoned, one makes it anew
                return Optional.empty();
            }
            if (!Objects.equals(before, key(file))) {
                return Optional.empty();
            }
            Holder holder = Holder.here();
            write(channel, holder);
            taken = true;
            return Optional.of(new DirectoryLock(real, file, channel, before, holder));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isFree(SystemLock system, Optional<Holder> last, Path file, boolean made) {
        return switch (system) {
            case OURS -> last.map(holder -> holder.isHere() || !isTouched(file)).orElse(true);
            case OTHERS -> false;
            case NONE -> made || !isTouched(file);
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
     * Whether a process seems to have the lock: what the file says is believed, and the directory left as it is, so
     * that to look at a run never keeps another process from it.
     */
    public static boolean isHeld(Path directory) throws IOException {
        if (HELD.containsKey(directory.toRealPath())) {
            return true;
        }
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return named(file)
                .map(holder -> holder.isHere() ? isAlive(holder) : isTouched(file))
                .orElse(false);
    }

    /** A process that was started after the lock was taken has the number of one that is gone. */
    private static boolean isAlive(Holder holder) {
        Instant since;
        try {
            since = Instant.parse(holder.since());
        } catch (DateTimeParseException e) {
            return false;
        }
        return ProcessHandle.of(holder.process())
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> start.minus(CLOCK_ERROR).isAfter(since))
                        .isEmpty())
                .isPresent();
    }

    private static InUseException inUse(Path file, Optional<Holder> holder) {
        return new InUseException(file + ": in use by "
                + holder.map(Holder::toString).orElse("another process") + "; wait until it ends, or stop it");
    }

    /** Whether a process somewhere has touched a lock's file lately. */
    private static boolean isTouched(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isAfter(Instant.now().minus(STALE));
        } catch (IOException e) {
            return false;
        }
    }

    /** Of a file that is locked, through the channel of the lock alone: closing another one would end it. */
    private static Optional<Holder> read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST));
        channel.read(content, 0);
        return holder(new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
    }

    /** Whom a file names that this process has not locked. */
    private static Optional<Holder> named(Path file) throws IOException {
        try {
            return holder(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Holder> holder(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.ofNullable(Json.read(text, Holder.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void write(FileChannel channel, Holder holder) throws IOException {
        byte[] text = Json.text(holder).getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(text), 0);
        channel.truncate(text.length);
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
        Optional<Holder> successor = successor();
        if (successor.isPresent()) {
            throw new InUseException(
                    file + ": taken over by " + successor.get() + ", as this process did not touch it for "
                            + STALE.toMinutes() + " minutes; it ends here, and leaves the directory to the other");
        }
    }

    /** Who has taken the directory over, in the same file or in another one in its place. */
    private Optional<Holder> successor() throws IOException {
        try {
            Optional<Holder> named = channel.isOpen() && Objects.equals(key(file), key) ? read(channel) : named(file);
            return named.filter(other -> !other.equals(holder));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // somebody has removed it by hand
        }
    }

    /** By the channel: {@link Files} would open the file and close it. */
    void touch() {
        try {
            if (Files.exists(file) && successor().isEmpty()) {
                write(channel, holder);
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
