package io.mdc.doctor;

import io.mdc.backend.DriverAnswer;
import io.mdc.backend.NativeLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A machine that is well, until a test makes it otherwise. */
final class MadeUpMachine {
    static final long GIB = 1L << 30;

    private final Path root;
    private final Map<String, String> environment =
            new HashMap<>(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1", "OPENBLAS_CORETYPE", "SkylakeX"));
    private JavaRuntime java = java(17, "UTF-8", true);
    private Supplier<NativeLibraries> libraries = () -> libraries("onednn-avx2", "SKYLAKEX");
    private Optional<String> nvidia = Optional.empty();
    private DriverAnswer driver = new DriverAnswer(false, "NVIDIA's driver is not installed here (libcuda.so.1)");
    private Place place = new Place(true, OptionalLong.of(100 * GIB));

    /** Its files are in a folder. */
    MadeUpMachine(Path root) {
        this.root = root;
        file("proc/cpuinfo", cpu("AMD EPYC", "AuthenticAMD", "fpu avx2 fma avx512f avx512bw avx512vl"));
        file("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:   12582912 kB\n");
        file("proc/loadavg", "0.10 0.20 0.30 1/200 4242\n");
        file("proc/self/cgroup", "0::/\n");
    }

    static String cpu(String model, String vendor, String flags) {
        String core = "vendor_id\t: " + vendor + "\nmodel name\t: " + model + "\nflags\t\t: " + flags + "\n\n";
        return "processor\t: 0\n" + core + "processor\t: 1\n" + core;
    }

    static JavaRuntime java(int feature, String encoding, boolean launched) {
        return new JavaRuntime(feature, feature + ".0.1", "Someone", 4 * GIB, 2, encoding, "UTF-8", launched);
    }

    static NativeLibraries libraries(String build, String kernels) {
        return new NativeLibraries(build, "OpenBLAS 0.3.19", Optional.of(kernels), 8 * GIB, 14 * GIB);
    }

    MadeUpMachine file(String name, String content) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    MadeUpMachine without(String name) {
        try {
            Files.delete(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    MadeUpMachine variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    MadeUpMachine java(JavaRuntime other) {
        java = other;
        return this;
    }

    MadeUpMachine libraries(Supplier<NativeLibraries> others) {
        libraries = others;
        return this;
    }

    /** With a GPU: name, driver and memory, and its capability unless the driver is one that does not know of it. */
    MadeUpMachine nvidia(String line) {
        nvidia = Optional.of(line + "\n");
        return this;
    }

    /** Whose driver gives this answer to programs, whatever nvidia-smi lists. */
    MadeUpMachine driver(boolean usable, String text) {
        driver = new DriverAnswer(usable, text);
        return this;
    }

    MadeUpMachine place(boolean writable, long freeBytes) {
        place = new Place(writable, OptionalLong.of(freeBytes));
        return this;
    }

    Surroundings surroundings() {
        Map<Use, Path> directories = new LinkedHashMap<>();
        for (Use use : Use.values()) {
            directories.put(use, Path.of("/made/up", use.name()));
        }
        return new Surroundings(
                root,
                environment,
                java,
                libraries,
                "onednn-avx2",
                this::printed,
                () -> driver,
                directories,
                path -> place,
                false);
    }

    private Optional<String> printed(List<String> command) {
        return command.get(0).equals("nvidia-smi")
                ? nvidia.filter(line -> line.split(",").length == command.get(1).split(",").length)
                : Optional.empty();
    }
}
