package io.mdc.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads logs of a value a line. */
final class JsonLines {
    private JsonLines() {}

    /** The lines of a file that can be read; none if there is no file. */
    static <T> List<T> read(Path file, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        if (Files.exists(file)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                try {
                    values.add(Json.read(line, type));
                } catch (JsonProcessingException e) {
                    // Damage was told of, or will be, by the log.
                }
            }
        }
        return List.copyOf(values);
    }
}
