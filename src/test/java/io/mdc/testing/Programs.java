package io.mdc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs, run to their end from the project's directory. */
public final class Programs {
    private static final int MINUTES = 5;

    private Programs() {}

    /**
     * What a program did.
     *
     * @param code its exit status
     * @param text what it wrote to both streams
     */
    public record Output(int code, String text) {}

    /**
     * Runs one.
     *
     * @return empty if there is no such program
     * @throws IllegalStateException if it does not end
     */
    public static Optional<Output> run(String... command) {
        try {
            Path output = Files.createTempFile("output", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command[0] + " does not end");
                }
                return Optional.of(new Output(process.exitValue(), Files.readString(output)));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
