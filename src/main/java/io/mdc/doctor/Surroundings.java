package io.mdc.doctor;

import io.mdc.backend.Backends;
import io.mdc.backend.DriverAnswer;
import io.mdc.backend.NativeLibraries;
import io.mdc.data.Cache;
import io.mdc.report.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the program runs; tests make up others than this machine.
 *
 * @param root the directory that {@code proc} and {@code sys} are in
 * @param environment variables by name; copied
 * @param java the Java virtual machine
 * @param libraries loads the native libraries
 * @param build the name of ND4J's build that would be loaded
 * @param command what a command prints; empty if there is no such command, or it fails
 * @param driver asks NVIDIA's driver for a GPU
 * @param directories that the program writes to, by what for, in the order they are told; copied
 * @param places looks at a directory
 * @param terminal whether standard error is a terminal
 */
public record Surroundings(
        Path root,
        Map<String, String> environment,
        JavaRuntime java,
        Supplier<NativeLibraries> libraries,
        String build,
        Function<List<String>, Optional<String>> command,
        Supplier<DriverAnswer> driver,
        Map<Use, Path> directories,
        Function<Path, Place> places,
        boolean terminal) {
    private static final long PATIENCE_SECONDS = 10;

    /** Copies the maps. */
    public Surroundings {
        environment = Map.copyOf(environment);
        directories = Collections.unmodifiableMap(new LinkedHashMap<>(directories));
    }

    /** This machine. */
    public static Surroundings here() {
        Map<Use, Path> directories = new LinkedHashMap<>();
        directories.put(Use.DATA, Cache.directory());
        directories.put(
                Use.LIBRARIES,
                Path.of(System.getProperty(
                        "org.bytedeco.javacpp.cachedir",
                        Path.of(System.getProperty("user.home"), ".javacpp", "cache")
                                .toString())));
        directories.put(Use.RUNS, Path.of("runs").toAbsolutePath());
        directories.put(Use.TEMPORARY, Path.of(System.getProperty("java.io.tmpdir")));
        return new Surroundings(
                Path.of("/"),
                System.getenv(),
                JavaRuntime.here(),
                NativeLibraries::load,
                Backends.build(),
                Surroundings::printed,
                DriverAnswer::ask,
                directories,
                Place::of,
                Terminal.isStandardError());
    }

    /** The text of a file below the root, such as {@code proc/cpuinfo}; empty if it cannot be read. */
    Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A variable of the environment, if it is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether the user asked for ND4J on CUDA. */
    boolean wantsCuda() {
        return variable("MDC_BACKEND").filter("cuda"::equals).isPresent();
    }

    private static Optional<String> printed(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
