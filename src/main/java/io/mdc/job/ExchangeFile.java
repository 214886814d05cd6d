package io.mdc.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.WriteFailure;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.JsonLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a shard measured in an outer loop: a line that says of which run it is, and one for every class and inner loop.
 * Files of versions that did not write the former are taken for the run's.
 *
 * @param path of the file, which need not be there
 * @param run that the shard is of
 */
record ExchangeFile(Path path, Fingerprint run) {
    /**
     * What was measured.
     *
     * @param inner loop, from 1
     * @param label the class
     * @param measurement of its prefixes
     */
    record Line(int inner, int label, double[] measurement) {
        Line {
            Objects.requireNonNull(measurement, "measurement");
        }
    }

    private record Head(Fingerprint begun) {
        Head {
            Objects.requireNonNull(begun, "begun");
        }
    }

    /**
     * Adds a line; what another run left is removed.
     *
     * @throws DataException if a link is in the place of the file, which may name anything
     * @throws IOException if it cannot be written
     */
    void add(Line line) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new DataException(path + ": is a link, which no file of mdc is; remove it");
        }
        Files.createDirectories(path.getParent());
        boolean others = isOfAnotherRun();
        try (FileChannel file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            long end = others ? 0 : endOfLines(file);
            file.truncate(end);
            String text = (end == 0 ? Json.line(new Head(run)) + "\n" : "") + Json.line(line) + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            file.position(end);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw WriteFailure.of(path, OptionalLong::empty, e);
        }
    }

    /** Where the last whole line ends; what follows was cut off by the end of a process. */
    private static long endOfLines(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        long end = file.size();
        while (end > 0) {
            file.read(last.clear(), end - 1);
            if (last.get(0) == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    /**
     * The lines that are there now; none of another run.
     *
     * @throws IOException if the file cannot be read
     */
    List<Line> lines() throws IOException {
        return isOfAnotherRun() ? List.of() : JsonLines.read(path, Line.class);
    }

    private boolean isOfAnotherRun() throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            String first = reader.readLine();
            return first != null && !Json.read(first, Head.class).begun().isOfSameRun(run);
        } catch (JsonProcessingException e) {
            return false; // of an older version, or not yet whole
        }
    }
}
