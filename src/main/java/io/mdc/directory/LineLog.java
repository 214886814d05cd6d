package io.mdc.directory;

import io.mdc.base.AtomicFiles;
import io.mdc.base.Durable;
import io.mdc.base.Json;
import io.mdc.base.WriteFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A file of JSON lines that grows; every line is in it, in one piece, when {@link #add} returns, and outlasts a power
 * cut when {@link #sync} returns.
 */
public final class LineLog implements AutoCloseable {
    private final Path file;
    private final CRC32 checksum = new CRC32();
    private final OutputStream out;
    private long lines;
    private long bytes;

    /**
     * How far a log had come.
     *
     * @param lines from the beginning
     * @param bytes of these lines
     * @param crc32 of these bytes
     */
    public record Mark(long lines, long bytes, long crc32) {
        /** Where every log begins. */
        public static final Mark START = new Mark(0, 0, 0);

        private boolean fits(byte[] content) {
            return bytes <= content.length && crc32 == crc(content, (int) bytes);
        }
    }

    /** A log that begins with these lines, whatever the file was before. */
    LineLog(Path file, String content) throws IOException {
        this(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private LineLog(Path file, byte[] content) throws IOException {
        this.file = file;
        AtomicFiles.write(file, to -> to.write(content));
        count(content);
        out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Goes on where a log had come to, dropping what follows. Of a log that was damaged meanwhile, what can be read is
     * kept, and the file as it was is put aside.
     *
     * @param notes is told what is missing
     * @throws io.mdc.base.DataException if it cannot be read at all
     * @throws IOException if it cannot be written
     */
    public static LineLog resume(Path file, Mark mark, Consumer<String> notes) throws IOException {
        byte[] content = Files.exists(file) ? RunDirectory.bytes(file) : new byte[0];
        if (mark.fits(content)) {
            return new LineLog(file, Arrays.copyOf(content, (int) mark.bytes()));
        }
        String kept = DamagedFile.keep(file);
        LineLog log = new LineLog(file, readable(new String(content, StandardCharsets.UTF_8), mark.lines()));
        notes.accept(file + ": " + damage(mark.lines(), log.lines) + kept);
        return log;
    }

    private static String damage(long expected, long readable) {
        return readable < expected
                ? (expected - readable) + " of " + expected + " lines are missing or damaged; the others are kept"
                : "was changed since the checkpoint was written; its lines are kept";
    }

    private static byte[] readable(String content, long most) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (Stream<String> whole = content.lines()) {
            whole.limit(most)
                    .filter(Json::isObject)
                    .forEach(line -> kept.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return kept.toByteArray();
    }

    private static long crc(byte[] content, int length) {
        CRC32 crc = new CRC32();
        crc.update(content, 0, length);
        return crc.getValue();
    }

    private void count(byte[] content) {
        checksum.update(content);
        bytes += content.length;
        for (byte b : content) {
            lines += b == '\n' ? 1 : 0;
        }
    }

    /**
     * Appends a value as one line.
     *
     * @throws IOException if it cannot be written
     */
    public void add(Object value) throws IOException {
        byte[] line = (Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(line);
        } catch (IOException e) {
            throw WriteFailure.of(file, () -> OptionalLong.of(line.length), e);
        }
        count(line);
    }

    /**
     * Has all lines so far outlast a power cut.
     *
     * @throws IOException if they cannot be written
     */
    public void sync() throws IOException {
        try {
            Durable.file(file);
        } catch (IOException e) {
            throw WriteFailure.of(file, OptionalLong::empty, e);
        }
    }

    /** How far the log has come. */
    public Mark mark() {
        return new Mark(lines, bytes, checksum.getValue());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
