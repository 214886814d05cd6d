package io.mdc.backend;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The GPU of a machine on whose CPU {@code --backend auto} computes.
 *
 * @param root the root of the file system, where NVIDIA's driver shows that it runs
 * @param path directories of programs, as in {@code PATH}
 */
record IdleGpu(Path root, String path) {
    /** Files of Linux's driver, and of that of the Windows around it; the launcher looks for the same. */
    private static final String[] OF_DRIVERS = {"proc/driver/nvidia/version", "dev/nvidiactl", "dev/dxg"};

    /** That of this machine. */
    static IdleGpu here() {
        return new IdleGpu(Path.of("/"), System.getenv().getOrDefault("PATH", ""));
    }

    /** What is to be said where a backend is asked for: one line, or nothing. */
    Optional<String> note(BackendKind backend, boolean hostMemory) {
        return backend == BackendKind.AUTO && hostMemory && isThere()
                ? Optional.of("--backend auto: computes on the CPU; --backend cuda would use the GPU of this machine"
                        + " (mdc doctor says whether it can)")
                : Optional.empty();
    }

    private boolean isThere() {
        return Stream.of(OF_DRIVERS).anyMatch(file -> Files.exists(root.resolve(file)))
                || Stream.of(path.split(":")).anyMatch(IdleGpu::hasTool);
    }

    private static boolean hasTool(String directory) {
        try {
            return Files.isExecutable(Path.of(directory, "nvidia-smi"));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
