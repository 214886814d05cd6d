package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scripts/every-gpu}, with commands that say what they see. */
class EveryGpuTest {
    private static final String SAY = "sh -c 'echo GPU $CUDA_VISIBLE_DEVICES, %k, %j of %n; exit %k'";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeMachine() throws IOException {
        machine(3);
    }

    /** Runs the script in the folder, after settings of the environment. */
    private Programs.Output run(String environment, String arguments) {
        String script = Path.of("scripts/every-gpu").toAbsolutePath().toString();
        return Programs.run(
                        "sh",
                        "-c",
                        "cd '" + folder + "' && env " + environment + " PATH=\"$PWD:$PATH\" '" + script + "' "
                                + arguments)
                .orElseThrow();
    }

    /** Has nvidia-smi list so many GPUs. */
    private void machine(int gpus) throws IOException {
        Path program = Files.writeString(
                folder.resolve("nvidia-smi"),
                "#!/bin/sh\n[ \"$*\" = -L ] || exit 6\n" + "for gpu in $(seq 0 " + (gpus - 1)
                        + "); do echo \"GPU $gpu: NVIDIA (UUID: GPU-5f)\"; done\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private List<String> logs() throws IOException {
        List<String> logs = new ArrayList<>();
        for (int gpu = 0; Files.exists(folder.resolve("every-gpu-" + gpu + ".log")); gpu++) {
            logs.add(Files.readString(folder.resolve("every-gpu-" + gpu + ".log"))
                    .strip());
        }
        return logs;
    }

    @Test
    void eachCommandSeesItsGpu() throws IOException {
        Programs.Output output = run("-u CUDA_VISIBLE_DEVICES", SAY);
        assertEquals(2, output.code(), output.text());
        assertEquals(List.of("GPU 0, 0, 1 of 3", "GPU 1, 1, 2 of 3", "GPU 2, 2, 3 of 3"), logs());
    }

    @Test
    void thoseThatAreVisibleAreHandedOut() throws IOException {
        Programs.Output output = run("CUDA_VISIBLE_DEVICES=3,GPU-5f", SAY);
        assertEquals(1, output.code(), output.text());
        assertEquals(List.of("GPU 3, 0, 1 of 2", "GPU GPU-5f, 1, 2 of 2"), logs());
    }

    @Test
    void fewerThanAreVisibleAreTheFirst() throws IOException {
        Programs.Output output = run("CUDA_VISIBLE_DEVICES=5,3,1", "--gpus 2 " + SAY);
        assertEquals(1, output.code(), output.text());
        assertEquals(List.of("GPU 5, 0, 1 of 2", "GPU 3, 1, 2 of 2"), logs());
    }

    @ParameterizedTest
    @CsvSource({
        "-u CUDA_VISIBLE_DEVICES, --gpus 0",
        "-u CUDA_VISIBLE_DEVICES, --gpus -1",
        "-u CUDA_VISIBLE_DEVICES, --gpus 4",
        "CUDA_VISIBLE_DEVICES=1, --gpus two",
        "CUDA_VISIBLE_DEVICES=1, --gpus 2",
        "CUDA_VISIBLE_DEVICES=,''"
    })
    void asManyGpusAsAskedForAreVisible(String environment, String gpus) throws IOException {
        Programs.Output output = run(environment, gpus + " true");
        assertEquals(2, output.code(), output.text());
        assertEquals(1, output.text().lines().count(), output.text());
        assertEquals(List.of(), logs());
    }

    @Test
    void aMachineWithoutGpusIsTold() throws IOException {
        machine(0);
        for (String gpus : List.of("", "--gpus 1")) {
            Programs.Output output = run("-u CUDA_VISIBLE_DEVICES", gpus + " true");
            assertEquals(2, output.code(), output.text());
            assertTrue(output.text().contains("nvidia-smi -L lists 0 GPUs"), output.text());
            assertEquals(List.of(), logs());
        }
    }
}
