package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.directory.Fingerprint;
import io.mdc.testing.Programs;
import io.mdc.testing.SmallFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeFileTest {
    @TempDir
    private Path folder;

    /** Writes lines until that fails. */
    static final class Endless {
        public static void main(String[] args) throws IOException {
            ExchangeFile file = new ExchangeFile(Path.of(args[0]), new Fingerprint(Map.of(), "data"));
            try {
                while (true) {
                    file.add(new ExchangeFile.Line(1, 0, new double[100]));
                }
            } catch (FileSystemException e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @Test
    void aFileThatCannotGrowIsNamed() {
        Path file = folder.resolve("outer-000001.1-of-2.jsonl");
        Optional<Programs.Output> output = SmallFiles.run(Endless.class, file.toString());
        assumeTrue(output.isPresent());
        assertEquals(new Programs.Output(0, file + ": File too large"), output.get());
    }
}
