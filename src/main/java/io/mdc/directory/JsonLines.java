package io.mdc.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads logs of a value a line. */
public final class JsonLines {
    private JsonLines() {}

    /**
     * The lines of a file that can be read; none if there is no file.
     *
     * @throws io.mdc.base.DataException if the file cannot be read at all
     */
    public static <T> List<T> read(Path file, Class<T> type) {
        return log(file, type).lines();
    }

    /** The lines of a file, and how many others it has; none if there is no file. */
    static <T> Log<T> log(Path file, Class<T> type) {
        if (!Files.exists(file)) {
            return new Log<>(List.of(), 0);
        }
        List<T> values = new ArrayList<>();
        int damaged = 0;
        String text = RunDirectory.text(file);
        // What follows the last line feed may be a line that is being written now.
        int end = text.lastIndexOf('\n') + 1;
        for (String line : text.lines().toList()) {
            try {
                values.add(Json.read(line, type));
            } catch (JsonProcessingException e) {
                damaged++; // told of, or will be, by the log
            }
        }
        return new Log<>(values, isReadable(text.substring(end), type) ? damaged : damaged - 1);
    }

    private static boolean isReadable(String rest, Class<?> type) {
        try {
            return rest.isEmpty() || Json.read(rest, type) != null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
