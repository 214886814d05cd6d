package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/every-gpu}, with commands that say what they see. */
class EveryGpuTest {
    @Test
    void eachCommandSeesItsGpu(@TempDir Path folder) throws IOException {
        String script = Path.of("scripts/every-gpu").toAbsolutePath().toString();
        Programs.Output output = Programs.run(
                        "sh",
                        "-c",
                        "cd '" + folder + "' && '" + script
                                + "' --gpus 3 sh -c 'echo GPU $CUDA_VISIBLE_DEVICES, %k, %j of %n; exit %k'")
                .orElseThrow();
        assertEquals(2, output.code(), output.text());
        for (int gpu = 0; gpu < 3; gpu++) {
            assertEquals(
                    "GPU " + gpu + ", " + gpu + ", " + (gpu + 1) + " of 3\n",
                    Files.readString(folder.resolve("every-gpu-" + gpu + ".log")));
        }
    }

    @Test
    void numbersOfGpusAreWhole() {
        for (String number : new String[] {"0", "-1", "two"}) {
            Programs.Output output =
                    Programs.run("scripts/every-gpu", "--gpus", number, "true").orElseThrow();
            assertEquals(2, output.code());
            assertEquals(1, output.text().lines().count(), output.text());
        }
    }
}
