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
     * <p>Java 17 can only tell for standard input and output together. On Linux {@code /proc/self/fd/2} is a link to
     * the terminal; elsewhere the command {@code test -t 2} tells. A terminal of type {@code dumb} does not count.
     *
     * @return true if it is
     */
    public static boolean isStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        try {
            return Files.isSymbolicLink(descriptor)
                    ? isDevice(Files.readSymbolicLink(descriptor).toString())
                    : testsAsTerminal();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isDevice(String file) {
        return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
    }

    private static boolean testsAsTerminal() throws IOException, InterruptedException {
        return new ProcessBuilder("test", "-t", "2")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor()
                == 0;
    }

    /**
     * Returns the width of the terminal.
     *
     * <p>Asked of {@code stty}, which takes 10 ms and works wherever standard input comes from; JLine, which the
     * progress bar brings along, takes 150 ms and knows no width unless standard input is the terminal.
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
