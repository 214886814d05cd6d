package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that compute, where the GPU's tool shows that there is one. */
@EnabledOnOs(OS.LINUX)
class IdleGpuIT {
    private static final String TINY = " --width 2 --depth 1 --ipc 2 --batch-real 2 --n-data 4";
    private static final String DATA = " --dataset npz --data-dir src/test/resources/io/mdc/dataset/npz --factor 1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bench --classes 2 --times 1" + TINY, "estimate --vary seed=0,1" + TINY + DATA})
    void itIsMentionedOnce(String command) throws Exception {
        Path tool = folder.resolve("nvidia-smi");
        Files.writeString(tool, "#!/bin/sh\nexit 9\n");
        assertTrue(tool.toFile().setExecutable(true));
        Map<String, String> environment = Map.of("PATH", folder + ":" + System.getenv("PATH"));
        try (JavaProcess process = JavaProcess.start(folder, environment, List.of(command.split(" ")))) {
            assertTrue(process.ends(TimeUnit.MINUTES.toMillis(3)), "does not end");
            Cli told = process.result();
            assertEquals(ExitCode.DONE, told.code(), told.toString());
            assertEquals(
                    1,
                    told.err()
                            .lines()
                            .filter(line -> line.startsWith("mdc: note: --backend auto: computes on the CPU;"))
                            .count(),
                    told.toString());
        }
    }
}
