package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/gpu-check} with a program, and a sanitizer, that only make directories. */
class GpuCheckTest {
    /** Like mdc condense it refuses a directory that is there. */
    private static final String MDC = """
            #!/bin/sh
            [ "$1" = condense ] || exit 0
            while [ "$1" != --out ]; do shift; done
            mkdir "$2" && yes '{"loss":1.0}' | head -n 20 >"$2/metrics.jsonl" && : >"$2/synthetic.npz"
            """;

    /** Runs what comes after its own options. */
    private static final String SANITIZER = """
            #!/bin/sh
            while [ "${1##*/}" != mdc ]; do shift; done
            exec "$@"
            """;

    @TempDir
    private Path folder;

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    @Test
    void anInterruptedCheckIsInNobodysWay() throws IOException {
        program("mdc", MDC);
        program("bin/compute-sanitizer", SANITIZER);
        program("scripts/gpu-check", Files.readString(Path.of("scripts/gpu-check")));
        Files.createDirectories(folder.resolve("out/run-memcheck"));
        Files.createDirectories(folder.resolve("out/run-racecheck"));
        Programs.Output ended = Programs.run(
                        "sh",
                        "-c",
                        "cd '" + folder + "' && PATH=\"$PWD/bin:$PATH\" scripts/gpu-check --quick --out out")
                .orElseThrow();
        assertEquals(0, ended.code(), ended.text());
        assertTrue(ended.text().contains("compute-sanitizer racecheck          no errors"), ended.text());
    }
}
