package io.mdc.testing;

import io.mdc.backend.Backends;
import io.mdc.backend.GpuPrecision;
import io.mdc.tensor.Backend;
import io.mdc.tensor.cuda.CudaUnavailableException;
import java.nio.file.Path;
import java.util.Optional;

/** The driver of a GPU that is not there, built by {@code scripts/gpu-emulator} where g++ is. */
public final class Emulator {
    private Emulator() {}

    /** Its library, or empty if this machine has no g++ for x86-64. */
    public static Optional<Path> library() {
        return Held.LIBRARY;
    }

    /** A backend on it, or empty if {@link #library} is. */
    public static Optional<Backend> backend() {
        return Held.BACKEND;
    }

    /** Built when first asked for. */
    private static final class Held {
        static final Optional<Path> LIBRARY = build();
        static final Optional<Backend> BACKEND = LIBRARY.map(Held::open);

        private static Optional<Path> build() {
            if (!System.getProperty("os.arch").equals("amd64")
                    || Programs.run("g++", "--version").isEmpty()) {
                System.err.println("no g++ for x86-64 here: what needs the emulator of a GPU is skipped");
                return Optional.empty();
            }
            Programs.Output built = Programs.run("scripts/gpu-emulator").orElseThrow();
            if (built.code() != 0) {
                throw new IllegalStateException(built.text());
            }
            return Optional.of(Path.of("target/gpu-emulator/libcuda.so.1").toAbsolutePath());
        }

        private static Backend open(Path library) {
            System.setProperty("mdc.libcuda", library.toString());
            try {
                return Backends.cuda(GpuPrecision.FP32);
            } catch (CudaUnavailableException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
