package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineLogTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("log.jsonl");
    }

    @Test
    void aLineIsOnDiskAtOnce() throws IOException {
        try (LineLog log = new LineLog(file, 0)) {
            assertEquals("", Files.readString(file));
            log.add(Map.of("a", List.of(1, 2)));
            assertEquals("{\"a\":[1,2]}\n", Files.readString(file));
            log.add("ü");
            assertEquals("{\"a\":[1,2]}\n\"ü\"\n", Files.readString(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,''", "1,'1 '", "2,'1 2 '", "3,'1 2 3 '", "9,'1 2 3 '"})
    void whatFollowsTheLinesToKeepIsDropped(int keep, String kept) throws IOException {
        Files.writeString(file, "1\n2\n3\n");
        try (LineLog log = new LineLog(file, keep)) {
            log.add(7);
        }
        assertEquals((kept + "7 ").replace(' ', '\n'), Files.readString(file));
    }

    @Test
    void aLineCutOffByACrashIsNotContinued() throws IOException {
        Files.writeString(file, "{\"a\":1}\n{\"a\":");
        try (LineLog log = new LineLog(file, 1)) {
            log.add(2);
        }
        assertEquals("{\"a\":1}\n2\n", Files.readString(file));
    }
}
