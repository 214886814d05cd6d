package io.mdc.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard error is connected to. */
public final class Terminal {
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /**
     * Tells whether standard error is a terminal, where a line can be drawn over itself.
     *
     * <p>Java 17 cannot tell for standard error alone, so this asks the operating system where it can: on Linux
     * {@code /proc/self/fd/2} is a link to the terminal. A terminal of type {@code dumb} does not count.
     *
     * @return true if it is
     */
    public static boolean isStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        if (!Files.isSymbolicLink(descriptor)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the width of the terminal.
     *
     * @return columns, 80 if unknown
     */
    static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.matches("\\d+ [1-9]\\d{1,3}")
                    ? Integer.parseInt(answer.substring(answer.indexOf(' ') + 1))
                    : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        }
    }
}
