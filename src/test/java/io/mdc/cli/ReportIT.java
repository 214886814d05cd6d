package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of runs that were made by the command line. */
class ReportIT {
    @TempDir
    private static Path folder;

    private static Path family;

    @BeforeAll
    static void condense() {
        family = folder.resolve("family");
        for (String seed : List.of("1", "2")) {
            Path run = family.resolve("seed=" + seed);
            Cli made = Cli.run(TinyCommand.condense(run, "--seed=" + seed, "--evaluate", "--evaluate-every=1"));
            assertEquals(ExitCode.DONE, made.code(), made.toString());
        }
    }

    @Test
    void aReportOfAFamilyIsOneFileAndLeavesTheRunsAlone() throws IOException {
        RunFiles before = RunFiles.of(family);
        Path out = folder.resolve("report.html");
        Cli reported = Cli.run("report", family.toString(), "--out", out.toString());
        assertEquals(new Cli(ExitCode.DONE, "report  " + out + "\n", ""), reported);
        String page = Files.readString(out);
        for (String part : List.of("seed=1", "seed=2", "Matching loss", "Accuracy over time", "data:image/png")) {
            assertTrue(page.contains(part), part);
        }
        assertEquals(before, RunFiles.of(family));
        assertEquals(
                ExitCode.DONE,
                Cli.run("report", family.toString(), "--out", out.toString()).code());
    }

    @Test
    void comparingPrintsWhatDiffersAccuraciesAndTimes() throws IOException {
        Cli compared = Cli.run("compare", family.toString());
        assertEquals(ExitCode.DONE, compared.code(), compared.toString());
        assertTrue(compared.out().startsWith("settings that differ:\nrun     seed\n"), compared.out());
        assertTrue(compared.out().matches("(?s).*\nrun +1 +2 +average +difference\n.*"), compared.out());
        assertTrue(compared.out().matches("(?s).*seed=2 +finished +3 +3 +6 .*"), compared.out());
        JsonNode tables = new ObjectMapper()
                .readTree(Cli.run("compare", family.toString(), "--json").out());
        assertEquals("2", tables.at("/0/rows/1/seed").asText());
        assertEquals("finished", tables.at("/3/rows/0/state").asText());
        assertEquals(0, tables.at("/1/rows/0/difference").asDouble());
    }

    @Test
    void whatIsNoRunOrNoReportIsRefused() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.html"), "mine");
        Cli refused = Cli.run("report", family.toString(), "--out", mine.toString());
        assertEquals(
                new Cli(
                        ExitCode.USAGE,
                        "",
                        "mdc: --out " + mine + ": exists already and is no report; name another file\n"),
                refused);
        assertEquals(
                ExitCode.USAGE,
                Cli.run("compare", folder.resolve("none").toString()).code());
        assertEquals(ExitCode.USAGE, Cli.run("report", family.toString()).code());
    }
}
