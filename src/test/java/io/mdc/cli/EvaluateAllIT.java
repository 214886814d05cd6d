package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs evaluated by one command. */
class EvaluateAllIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path one;
    private static Path two;
    private static String whole;

    @BeforeAll
    static void condense() throws IOException {
        one = folder.resolve("family/ipc=1");
        two = folder.resolve("family/ipc=2");
        for (Path run : List.of(one, two)) {
            Cli condensed = Cli.run(TinyCommand.condense(run, "--outer=0", "--" + run.getFileName()));
            assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        }
        assertEquals(ExitCode.DONE, Cli.run("evaluate", two.toString()).code());
        whole = Files.readString(two.resolve("evaluation.json"));
        Files.delete(two.resolve("evaluation.json"));
        Files.delete(two.resolve("evaluation.trials.jsonl"));
    }

    @Test
    void aFamilyIsEvaluatedIntoEachRunAndOneTable() throws IOException {
        Cli evaluated = Cli.run("evaluate", folder.resolve("family").toString());
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.toString());
        assertEquals(whole, Files.readString(two.resolve("evaluation.json")));
        List<String> lines = evaluated.out().lines().toList();
        assertEquals("convnet, last epoch:", lines.get(0));
        assertTrue(lines.get(1).matches("run +1 +2 +average +difference"), evaluated.out());
        assertTrue(lines.get(3).matches("ipc=1 +[\\d.]+ ± [\\d.]+ +- +[\\d.]+ +0\\.0"), evaluated.out());
        assertTrue(
                lines.get(4).matches("ipc=2 +[\\d.]+ ± [\\d.]+ +[\\d.]+ ± [\\d.]+ +[\\d.]+ +(0\\.0|[-+][\\d.]+)"),
                evaluated.out());
        assertEquals(
                "accuracy in % on 1000 test images; 2 epochs, 2 repeats, mean ± std; average over a run's sizes;"
                        + " difference to the first run over the sizes both have",
                lines.get(5));
        assertEquals("convnet, best of four:", lines.get(7));
        String guessing = "warning: " + two + ": no better than guessing one of 10 classes: convnet at size 2 (";
        assertTrue(lines.get(14).startsWith(guessing), evaluated.out());
        assertEquals(15, lines.size(), evaluated.out());
    }

    @Test
    void aRunIsPrintedInTheFormOfATable() {
        Cli printed = Cli.run("evaluate", two.toString(), "--as", "table1a");
        assertEquals(ExitCode.DONE, printed.code(), printed.toString());
        assertTrue(
                printed.out().startsWith("Table 1a, CIFAR-10, 10 images per class, here: last epoch:\nmethod  from "),
                printed.out());
        assertTrue(
                printed.out().matches("(?s).*\nOurs +paper +49\\.66 .*\nipc=2 +convnet +[\\d.]+ ± .*"), printed.out());
        assertTrue(printed.out().matches("(?s).*\nOurs +paper .* \\+5\\.22\n.*"), "differences have their sign");
        Cli marked = Cli.run("evaluate", two.toString(), "--as", "table9");
        assertTrue(marked.out().matches("(?s).*\nOurs +paper +49\\.66 ± 0\\.4 .*"), marked.out());
        Cli json = Cli.run("evaluate", two.toString(), "--format=json");
        assertTrue(json.err().contains("mdc: warning: no better than guessing"), json.err());
        for (String wrong : List.of("figure5", "table6", "table10", "table13")) {
            Cli refused = Cli.run("evaluate", two.toString(), "--as", wrong);
            assertEquals(ExitCode.USAGE, refused.code(), refused.toString());
        }
        Cli several = Cli.run("evaluate", one.toString(), two.toString(), "--as", "table1a");
        assertEquals("mdc: --as table1a: is for one run, not 2\n", several.err());
    }

    @Test
    void aRunInTheFormOfATableIsOfTheSettingsAskedFor(@TempDir Path own) {
        String run = own.resolve("run").toString();
        Cli.run(TinyCommand.condense(Path.of(run), "--outer=0", "--ipc=1", "--evaluate=true"));
        String usual = row(run);
        String longer = row(run, "--epochs=9");
        assertNotEquals(usual, longer);
        assertEquals(usual, row(run), "not of the epochs that were begun last");
    }

    private static String row(String run, String... settings) {
        Cli printed = Cli.run(Cli.join(new String[] {"evaluate", run, "--as", "table1a"}, settings));
        assertEquals(ExitCode.DONE, printed.code(), printed.err());
        return printed.out()
                .lines()
                .filter(line -> line.startsWith("run "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyFormatIsThatOfTheSameNumbers() throws IOException {
        String[] command = {"evaluate", two.toString(), one.toString(), two + "/."};
        JsonNode tables = JSON.readTree(Cli.run(Cli.join(command, "--json")).out());
        assertEquals(
                tables,
                JSON.readTree(Cli.run(Cli.join(command, "--format=json")).out()));
        JsonNode second = tables.at("/0/rows/1");
        assertEquals(2, tables.at("/0/rows").size(), "each run once");
        assertEquals("ipc=1", second.get("run").asText());
        assertTrue(second.get("2").isNull());
        JsonNode alone = StreamSupport.stream(
                        JSON.readTree(one.resolve("evaluation.json").toFile())
                                .get("results")
                                .spliterator(),
                        false)
                .findFirst()
                .orElseThrow();
        assertEquals(alone.at("/last/mean").asDouble(), second.at("/1/mean").asDouble(), 1e-4);
        List<String> csv =
                Cli.run(Cli.join(command, "--format=csv")).out().lines().toList();
        assertEquals("network,accuracy,run,1,1 std,2,2 std,average,difference", csv.get(0));
        assertEquals(5, csv.size());
        assertTrue(
                csv.get(2)
                        .startsWith("convnet,last epoch,ipc=1,"
                                + second.at("/1/mean").asText()),
                csv.toString());
        assertTrue(Cli.run(Cli.join(command, "--format=latex")).out().contains("\\begin{tabular}{lrrrr}"));
        assertTrue(Cli.run(Cli.join(command, "--format=markdown")).out().contains("| run | 1 | 2 | average |"));
    }

    @Test
    void oneRunHasItsTableInEveryFormatToo() throws IOException {
        String[] command = {"evaluate", one.toString()};
        List<String> csv =
                Cli.run(Cli.join(command, "--format", "csv")).out().lines().toList();
        assertEquals("network,size,images,last epoch,last epoch std,best of four,best of four std", csv.get(0));
        assertTrue(csv.get(1).startsWith("convnet,1,40,"), csv.toString());
        assertEquals(
                Files.readString(one.resolve("evaluation.json")),
                Cli.run(Cli.join(command, "--format", "json")).out());
        Cli both = Cli.run(Cli.join(command, "--json", "--format", "csv"));
        assertEquals(ExitCode.USAGE, both.code());
        assertEquals("mdc: --json: is the same as --format json; give one of them\n", both.err());
        Cli unknown = Cli.run(Cli.join(command, "--format", "pdf"));
        assertEquals(ExitCode.USAGE, unknown.code());
        assertEquals("mdc: --format pdf: must be one of text, markdown, csv, latex, json\n", unknown.err());
    }

    @Test
    void aRunThatFailsIsNamedAndTheCodeSaysSo() throws IOException {
        Path damaged = folder.resolve("damaged");
        assertEquals(
                ExitCode.DONE,
                Cli.run(TinyCommand.condense(damaged, "--outer=0", "--ipc=1")).code());
        Files.writeString(damaged.resolve("synthetic.npz"), "damaged");
        Cli evaluated = Cli.run("evaluate", damaged.toString(), one.toString(), "--format=csv");
        assertEquals(ExitCode.DATA, evaluated.code(), evaluated.toString());
        assertTrue(evaluated.err().contains(damaged + ": left out: " + damaged + "/synthetic.npz: "), evaluated.err());
        assertTrue(evaluated.err().endsWith("mdc: 1 of 2 runs left out: " + damaged + "\n"), evaluated.err());
        assertEquals(3, evaluated.out().lines().count(), evaluated.out());
    }

    @Test
    void aDirectoryThatIsNoRunIsRefusedBeforeAnythingIsDone() {
        Cli evaluated =
                Cli.run("evaluate", one.toString(), folder.resolve("no-run").toString());
        assertEquals(ExitCode.USAGE, evaluated.code());
        assertEquals(
                "mdc: " + folder.resolve("no-run") + ": not a run directory, it has no config.yaml\n", evaluated.err());
    }
}
