package io.mdc.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Who holds a lock.
 *
 * @param process its number
 * @param host the name of its machine, which another may have too
 * @param boot what tells this start of that machine from all others; empty where nothing does
 * @param since when it took the lock, ISO 8601, UTC
 */
public record LockHolder(long process, String host, String boot, String since) {
    /** How exactly the start of a process is known. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

    private static final int LONGEST = 4096;

    /** Checks that nothing is missing. */
    public LockHolder {
        Objects.requireNonNull(host, "host");
        boot = Objects.requireNonNullElse(boot, "");
        Objects.requireNonNull(since, "since");
    }

    /** This process, now. */
    public static LockHolder here() {
        return new LockHolder(
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

    /** Whether its process lives: one that was started after the lock was taken has the number of one that is gone. */
    boolean isAlive() {
        Instant taken;
        try {
            taken = Instant.parse(since);
        } catch (DateTimeParseException e) {
            return false;
        }
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(alive -> alive.info()
                        .startInstant()
                        .filter(start -> start.minus(CLOCK_ERROR).isAfter(taken))
                        .isEmpty())
                .isPresent();
    }

    /** Of a file that is locked, through the channel of the lock alone: closing another one would end it. */
    static Optional<LockHolder> of(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST));
        channel.read(content, 0);
        return parse(new String(content.array(), 0, content.position(), StandardCharsets.UTF_8));
    }

    /** Whom a file names that this process has not locked. */
    static Optional<LockHolder> named(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<LockHolder> parse(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.ofNullable(Json.read(text, LockHolder.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Makes it all that a file says. */
    void write(FileChannel channel) throws IOException {
        byte[] text = Json.text(this).getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(text), 0);
        channel.truncate(text.length);
    }
}
