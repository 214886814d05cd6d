package io.mdc.doctor;

import io.mdc.backend.NativeLibraries;
import io.mdc.base.OneLine;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Which native build of ND4J is loaded, and which kernels OpenBLAS chose. */
final class LibrariesExamination implements Examination {
    private static final Set<String> OF_AVX512 = Set.of("SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");
    private static final Set<String> OF_AVX2 = Set.of("HASWELL", "ZEN", "SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");
    private static final String PLAIN = "plain";

    @Override
    public List<Finding> examine(Surroundings here) {
        NativeLibraries libraries;
        try {
            libraries = here.libraries().get();
        } catch (LinkageError | RuntimeException e) {
            return List.of(notLoaded(here, e));
        }
        Processor processor = Processor.of(here);
        return List.of(build(libraries, processor), blas(here, libraries, processor));
    }

    private static Finding notLoaded(Surroundings here, Throwable failure) {
        Throwable first = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
        return Finding.advised(
                "native build",
                here.build() + ", cannot be loaded: " + OneLine.reason(first),
                here.wantsCuda()
                        ? "unset MDC_BACKEND to run on the CPU; docs/gpu.md has what CUDA needs"
                        : "remove target/lib and start ./mdc again, and install the system's library that is named, if"
                                + " one is");
    }

    private static Finding build(NativeLibraries libraries, Processor processor) {
        return libraries.build().equals(PLAIN) && processor.isFast()
                ? Finding.advised(
                        "native build",
                        PLAIN + ", the slow one, although the processor has avx2 and fma",
                        "start by ./mdc without -Dorg.bytedeco.javacpp.platform.extension in MDC_JAVA_OPTS")
                : Finding.fine("native build", libraries.build());
    }

    private static Finding blas(Surroundings here, NativeLibraries libraries, Processor processor) {
        String chosen = libraries.kernels().orElse("unknown");
        String asked = here.variable("OPENBLAS_CORETYPE")
                .map(type -> " (OPENBLAS_CORETYPE=" + type + ")")
                .orElse("");
        String found = libraries.blas() + ", kernels " + chosen + asked;
        if (libraries.kernels().isPresent()) {
            if (processor.hasAvx512() && !OF_AVX512.contains(chosen)) {
                return Finding.advised(
                        "BLAS",
                        found + ", though the processor has AVX-512",
                        "set OPENBLAS_CORETYPE=SkylakeX: products take half the time or less");
            } else if (processor.isFast() && !OF_AVX2.contains(chosen)) {
                return Finding.advised(
                        "BLAS",
                        found + ", though the processor has AVX2",
                        asked.isEmpty() ? "set OPENBLAS_CORETYPE=Haswell" : "unset OPENBLAS_CORETYPE");
            }
        }
        return Finding.fine("BLAS", found);
    }
}
