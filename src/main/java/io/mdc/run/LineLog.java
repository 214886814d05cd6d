package io.mdc.run;

import io.mdc.base.AtomicFiles;
import io.mdc.base.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A file of JSON lines that grows; every line is on disk when {@link #add} returns. */
final class LineLog implements AutoCloseable {
    private final BufferedWriter writer;

    /** Goes on after the first {@code keep} lines of the file, dropping what follows; creates it if need be. */
    LineLog(Path file, long keep) throws IOException {
        List<String> kept = List.of();
        if (keep > 0 && Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                kept = lines.limit(keep).toList();
            }
        }
        AtomicFiles.write(
                file, String.join("", kept.stream().map(line -> line + "\n").toList()));
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    void add(Object line) throws IOException {
        writer.write(Json.line(line));
        writer.write('\n');
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
