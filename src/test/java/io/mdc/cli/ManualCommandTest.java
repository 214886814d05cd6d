package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManualCommandTest {
    private static final Cli PAGE = Cli.run("manual");

    @Test
    void everyCommandAndOptionIsThere() {
        assertEquals(ExitCode.DONE, PAGE.code(), PAGE.toString());
        for (String name : ExamplesTest.names()) {
            assertTrue(PAGE.out().contains(".SS \"" + name + "\"\n"), name);
        }
        for (String part :
                List.of(".TH \"MDC\" \"1\"", ".B \"\\-\\-ipc N\"", "must not exist", ".SH \"EXIT STATUS\"")) {
            assertTrue(PAGE.out().contains(part), part);
        }
    }

    @Test
    void aLineIsAMacroThatIsKnownOrText() {
        PAGE.out()
                .lines()
                .forEach(line -> assertTrue(line.matches("\\.(TH|SH|SS|TP|PP|B|I|nh)( \".*\")?|\\\\&.*"), line));
        assertEquals(-1, PAGE.out().indexOf("${"));
    }
}
