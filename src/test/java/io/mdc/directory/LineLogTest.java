package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.testing.Programs;
import io.mdc.testing.SmallFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineLogTest {
    @TempDir
    private Path folder;

    private Path file;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("log.jsonl");
    }

    private LineLog empty() throws IOException {
        return new LineLog(file, "");
    }

    private LineLog resume(LineLog.Mark mark) throws IOException {
        return LineLog.resume(file, mark, notes::add);
    }

    /** Writes the lines {@code {"n":1}}, {@code {"n":2}} and so on, and returns where the log was after each. */
    private List<LineLog.Mark> write(int lines) throws IOException {
        List<LineLog.Mark> marks = new ArrayList<>(List.of(LineLog.Mark.START));
        try (LineLog log = empty()) {
            for (int i = 1; i <= lines; i++) {
                log.add(Map.of("n", i));
                marks.add(log.mark());
            }
        }
        return marks;
    }

    private String numbers() throws IOException {
        return Files.readString(file).replaceAll("[^0-9]+", " ").strip();
    }

    @Test
    void aLineIsOnDiskAtOnce() throws IOException {
        try (LineLog log = empty()) {
            assertEquals("", Files.readString(file));
            log.add(Map.of("a", List.of(1, 2)));
            assertEquals("{\"a\":[1,2]}\n", Files.readString(file));
            log.add("ü");
            assertEquals("{\"a\":[1,2]}\n\"ü\"\n", Files.readString(file));
        }
    }

    /** Writes lines until that fails. */
    static final class Endless {
        public static void main(String[] args) throws IOException {
            try (LineLog log = new LineLog(Path.of(args[0]), "")) {
                while (true) {
                    log.add("x".repeat(1000));
                }
            } catch (FileSystemException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @Test
    void aFileThatCannotGrowIsNamed() {
        Optional<Programs.Output> output = SmallFiles.run(Endless.class, file.toString());
        assumeTrue(output.isPresent());
        assertEquals(new Programs.Output(0, file + ": File too large"), output.get());
    }

    @ParameterizedTest
    @CsvSource({"0,'7'", "1,'1 7'", "2,'1 2 7'", "3,'1 2 3 7'"})
    void whatFollowsTheMarkIsDropped(int keep, String kept) throws IOException {
        List<LineLog.Mark> marks = write(3);
        Files.writeString(file, "{\"cut", StandardOpenOption.APPEND);
        try (LineLog log = resume(marks.get(keep))) {
            assertEquals(marks.get(keep), log.mark());
            log.add(Map.of("n", 7));
        }
        assertEquals(kept, numbers());
        assertEquals(List.of(), notes);
        assertFalse(Files.exists(DamagedFile.of(file)));
    }

    @Test
    void linesThatAreMissingAreCountedAndTheFileIsPutAside() throws IOException {
        List<LineLog.Mark> marks = write(4);
        String damaged = Files.readString(file).replace("{\"n\":2}", "\u0000\u0000");
        Files.writeString(file, damaged);
        try (LineLog log = resume(marks.get(3))) {
            log.add(Map.of("n", 7));
        }
        assertEquals("1 3 7", numbers());
        assertEquals(
                List.of(file + ": 1 of 3 lines are missing or damaged; the others are kept; the file as it was is "
                        + DamagedFile.of(file)),
                notes);
        assertEquals(damaged, Files.readString(DamagedFile.of(file)));
    }

    @Test
    void aLineThatWasChangedIsTold() throws IOException {
        List<LineLog.Mark> marks = write(2);
        Files.writeString(file, Files.readString(file).replace('1', '3'));
        resume(marks.get(2)).close();
        assertEquals("3 2", numbers());
        assertTrue(notes.get(0).startsWith(file + ": was changed since the checkpoint was written;"), notes.toString());
    }

    @Test
    void aFileThatIsGoneIsTold() throws IOException {
        List<LineLog.Mark> marks = write(2);
        Files.delete(file);
        resume(marks.get(2)).close();
        assertEquals("", Files.readString(file));
        assertEquals(List.of(file + ": 2 of 2 lines are missing or damaged; the others are kept"), notes);
    }
}
