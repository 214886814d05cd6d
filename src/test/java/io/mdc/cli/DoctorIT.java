package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program, without its launcher, on this machine in surroundings that are not well. */
@EnabledOnOs(OS.LINUX)
class DoctorIT {
    @TempDir
    private Path folder;

    @Test
    void whatIsNotWellIsToldAndNothingIsWritten() throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> environment =
                Map.of("LC_ALL", "C", "OMP_NUM_THREADS", "3", "MDC_DATA_DIR", data.toString(), "TERM", "dumb");
        try (JavaProcess process = JavaProcess.start(folder, environment, List.of("doctor"))) {
            assertTrue(process.ends(TimeUnit.MINUTES.toMillis(1)), "does not end");
            Cli told = process.result();
            assertEquals(ExitCode.DONE, told.code(), told.toString());
            for (String advised : List.of("java", "threads", "locale")) {
                assertTrue(
                        told.out().contains("\nadvice  " + advised)
                                || told.out().startsWith("advice  " + advised),
                        told.out());
            }
            assertTrue(told.out().contains("names of files in ANSI_X3.4-1968"), told.out());
            assertTrue(told.out().contains("\nok      data and cache   " + data + ", writable"), told.out());
            assertTrue(Files.notExists(data));
        }
    }
}
