package io.mdc.tensor.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.testing.Emulator;
import io.mdc.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program carries for a GPU, and what its emulator finds. */
class KernelsTest {
    private static String ptx(Kernel.Module module) throws IOException {
        try (InputStream in = Device.class.getResourceAsStream(module.resource())) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @CsvSource({"KERNELS, 6.3, sm_70", "TF32, 7.0, sm_80"})
    void thePtxHasEveryKernelAndIsForOldGpusToo(Kernel.Module module, String version, String target)
            throws IOException {
        String ptx = ptx(module);
        assertEquals(
                Arrays.stream(Kernel.values())
                        .filter(kernel -> kernel.module() == module)
                        .map(Kernel::symbol)
                        .collect(Collectors.toSet()),
                Pattern.compile("\\.entry (\\w+)\\(")
                        .matcher(ptx)
                        .results()
                        .map(entry -> entry.group(1))
                        .collect(Collectors.toSet()));
        assertTrue(ptx.contains("\n.version " + version + "\n.target " + target + "\n"), ptx.substring(0, 400));
    }

    @ParameterizedTest
    @EnumSource(Kernel.Module.class)
    void thePtxIsOfTheseSources(Kernel.Module module) throws IOException, NoSuchAlgorithmException {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        List<Path> sources;
        try (Stream<Path> files = Files.list(Path.of("src/main/cuda"))) {
            sources = files.sorted().toList();
        }
        for (Path source : sources) {
            sum.update(Files.readAllBytes(source));
        }
        assertEquals(
                "// SHA-256 of src/main/cuda: " + HexFormat.of().formatHex(sum.digest()),
                ptx(module).lines().findFirst().orElseThrow(),
                "run scripts/gpu-kernels");
    }

    @Test
    void thePtxIsWhatNvccMakesOfTheSources() throws IOException {
        Optional<Programs.Output> version = Programs.run("nvcc", "--version");
        assumeTrue(version.isPresent(), "no nvcc here");
        String compiler = ptx(Kernel.Module.KERNELS)
                .lines()
                .filter(line -> line.contains("Compiler Build ID: CL-"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*CL-", "");
        assumeTrue(version.get().text().contains(compiler), "another nvcc than that of the kernels");
        Programs.Output checked = Programs.run("scripts/gpu-kernels", "--check").orElseThrow();
        assertEquals(0, checked.code(), checked.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theEmulatorFindsMistakesInAnyOrderOfThreads(int seed) {
        Path library = Emulator.library().orElse(null);
        assumeTrue(library != null, "no emulator here");
        String faults = library.resolveSibling("faults").toString();
        List<String> said = Programs.run("env", "MDC_CUDA_SEED=" + seed, faults)
                .orElseThrow()
                .text()
                .lines()
                .toList();
        for (String line : List.of(
                "without_barrier: wrong values",
                "emulator: a kernel wrote outside an allocation of 256 bytes",
                "beyond_the_end: failed",
                "emulator: some threads of a block ended while others wait at a barrier",
                "barrier_for_some: failed")) {
            assertTrue(said.contains(line), said::toString);
        }
    }
}
