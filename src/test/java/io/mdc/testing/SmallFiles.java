package io.mdc.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs of which no file may grow beyond 8 KiB, as a user's limit or a file system may have it. */
public final class SmallFiles {
    private SmallFiles() {}

    /**
     * Runs the main method of a class in a process of its own.
     *
     * @return empty if this machine has no such limits
     */
    public static Optional<Programs.Output> run(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "ulimit -f 8 && exec \"$@\"",
                "limited",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return Programs.run(command.toArray(String[]::new));
    }
}
