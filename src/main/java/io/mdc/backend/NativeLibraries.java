package io.mdc.backend;

import io.mdc.tensor.blas.OpenBlas;
import io.mdc.tensor.nd4j.NativeMemory;
import java.util.Objects;
import java.util.Optional;

/**
 * The native libraries of this process.
 *
 * @param build ND4J's, such as {@code onednn-avx2} or {@code cuda}
 * @param blas version of OpenBLAS
 * @param kernels those that OpenBLAS chose for this processor, such as {@code SKYLAKEX}, if it tells
 * @param mostArrayBytes of all arrays together; 0 for no limit
 * @param mostResidentBytes of the whole process; 0 for no limit
 */
public record NativeLibraries(
        String build, String blas, Optional<String> kernels, long mostArrayBytes, long mostResidentBytes) {
    /** Checks that nothing is missing. */
    public NativeLibraries {
        Objects.requireNonNull(build);
        Objects.requireNonNull(blas);
        Objects.requireNonNull(kernels);
    }

    /**
     * Loads them.
     *
     * @throws LinkageError if that is not possible
     */
    public static NativeLibraries load() {
        Backends.description();
        NativeMemory memory = NativeMemory.limits();
        return new NativeLibraries(
                Backends.build(),
                OpenBlas.version(),
                OpenBlas.kernels(),
                memory.mostBytes(),
                memory.mostResidentBytes());
    }
}
