package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void versionIsTheBuilds() {
        Cli result = Cli.run("--version");
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(
                result.out()
                        .matches("mdc \\d+\\.\\d+\\.\\d+\\S*\\Rcommit (unknown|[0-9a-f]{12,40}(-dirty)?)\\R"
                                + "backend (plain|onednn-\\S+|cuda)\\R"),
                result.out());
        assertEquals("", result.err());
    }

    @Test
    void helpListsTheCommands() {
        Cli result = Cli.run("--help");
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(result.out().contains("\n  condense  "), result.out());
        assertEquals("", result.err());
    }

    @Test
    void missingAndUnknownCommandsAreUsageErrors() {
        assertEquals(new Cli(ExitCode.USAGE, "", "mdc: missing required subcommand (see mdc --help)\n"), Cli.run());
        assertEquals(
                new Cli(ExitCode.USAGE, "", "mdc: unknown argument condens; did you mean condense? (see mdc --help)\n"),
                Cli.run("condens"));
    }

    @Test
    void outputThatIsLostIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        StringWriter err = new StringWriter();
        int code = Main.run(
                new String[] {"--version"}, new PrintWriter(full, false, StandardCharsets.UTF_8), new PrintWriter(err));
        assertEquals(ExitCode.FAILED, code);
        assertTrue(err.toString().startsWith("mdc: standard output cannot be written: "), err.toString());
    }

    @Test
    void outputIsPlainWhereThereIsNoTerminal() {
        assertEquals(-1, Cli.run("condense", "--help").out().indexOf('\u001b'));
    }
}
