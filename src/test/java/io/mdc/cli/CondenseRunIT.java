package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.DatasetName;
import io.mdc.dataset.Datasets;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.Layer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run by the command line, and everything that it leaves behind. */
class CondenseRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STORED = TinyCommand.CLASSES * TinyCommand.IPC;

    @TempDir
    private static Path folder;

    private static Path run;
    private static Cli result;

    @BeforeAll
    static void condense() {
        run = folder.resolve("new/run");
        result = Cli.run(TinyCommand.condense(run, "--evaluate=true", "--threads=2"));
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }

    @Test
    void directoryHoldsEveryFileAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            assertEquals(
                    List.of(
                            "checkpoint/state.npz",
                            "checkpoint/state.previous.npz",
                            "config.yaml",
                            "evaluation.json",
                            "evaluation.trials.jsonl",
                            "manifest.json",
                            "metrics.jsonl",
                            "mls.jsonl",
                            "synthetic.npz",
                            "synthetic.png"),
                    files.filter(Files::isRegularFile)
                            .map(file -> run.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void writtenConfigurationIsTheOneThatWasRun() {
        Map<String, String> options = Map.ofEntries(
                Map.entry("depth", "1"),
                Map.entry("width", "4"),
                Map.entry("ipc", "2"),
                Map.entry("outer", "3"),
                Map.entry("inner", "2"),
                Map.entry("period", "1"),
                Map.entry("batch-real", "8"),
                Map.entry("n-data", "64"),
                Map.entry("epochs", "2"),
                Map.entry("repeats", "2"),
                Map.entry("threads", "2"));
        RunConfig asked = ConfigReader.read(Presets.layer("quickstart"), Layer.options(options));
        assertEquals(asked, ConfigReader.read(Layer.file(run.resolve("config.yaml"))));
    }

    @Test
    void outputEndsWithTheTableAndThePaths() throws IOException {
        List<String> lines = result.out().lines().toList();
        assertTrue(lines.get(0).matches("network +size +images +last epoch +best of four"), lines.get(0));
        assertTrue(
                lines.get(2).matches("convnet +1 +40 +\\d+\\.\\d ± \\d+\\.\\d +\\d+\\.\\d ± \\d+\\.\\d"), lines.get(2));
        assertTrue(lines.get(3).startsWith("convnet     2      80 "), lines.get(3));
        JsonNode results = json("evaluation.json").get("results");
        double average = (results.get(0).at("/last/mean").asDouble()
                        + results.get(1).at("/last/mean").asDouble())
                / 2;
        assertTrue(lines.get(4).matches("average +- +- +" + String.format("%.1f", average) + " .*"), lines.get(4));
        assertEquals(
                List.of(
                        "condensed set  " + run.resolve("synthetic.npz"),
                        "its picture    " + run.resolve("synthetic.png"),
                        "evaluation     " + run.resolve("evaluation.json")),
                lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void evaluationHasTheFieldsThatScriptsRelyOn() throws IOException {
        JsonNode evaluation = json("evaluation.json");
        assertEquals(List.of("run", "protocols", "results", "check"), names(evaluation));
        assertEquals(run.toString(), evaluation.get("run").asText());
        assertEquals(List.of("settings", "test_images", "data", "set"), names(evaluation.at("/protocols/0")));
        assertEquals("2", evaluation.at("/protocols/0/settings/epochs").asText());
        assertEquals(1000, evaluation.at("/protocols/0/test_images").asInt());
        for (int size = 1; size <= TinyCommand.IPC; size++) {
            JsonNode prefix = evaluation.get("results").get(size - 1);
            assertEquals(
                    List.of("network", "width", "size", "images", "epochs", "protocol", "last", "best_of_four"),
                    names(prefix));
            assertEquals("convnet", prefix.get("network").asText());
            assertEquals(size, prefix.get("size").asInt());
            assertEquals(TinyCommand.CLASSES * size * 4, prefix.get("images").asInt());
            for (String kind : List.of("last", "best_of_four")) {
                JsonNode statistic = prefix.get(kind);
                assertEquals(List.of("mean", "std", "runs"), names(statistic));
                double a = statistic.at("/runs/0").asDouble();
                double b = statistic.at("/runs/1").asDouble();
                assertEquals((a + b) / 2, statistic.get("mean").asDouble(), 1e-9);
                assertEquals(Math.abs(a - b) / 2, statistic.get("std").asDouble(), 1e-9);
            }
            assertTrue(prefix.at("/best_of_four/mean").asDouble()
                    >= prefix.at("/last/mean").asDouble());
        }
    }

    @Test
    void condensedSetHasTheArraysThatScriptsRelyOn() throws IOException {
        NumpyArchive archive = NumpyArchive.read(run.resolve("synthetic.npz"));
        int[] shape = {STORED, 3, TinyCommand.SIZE, TinyCommand.SIZE};
        NumpyArray images = archive.get("images");
        assertEquals(NumpyArray.Type.FLOAT32, images.type());
        assertArrayEquals(shape, images.shape());
        NumpyArray bytes = archive.get("images_uint8");
        assertEquals(NumpyArray.Type.UINT8, bytes.type());
        assertArrayEquals(shape, bytes.shape());
        float[] values = images.toFloats();
        double[] rounded = bytes.toDoubles();
        for (int i = 0; i < values.length; i++) {
            assertTrue(values[i] >= 0 && values[i] <= 1, "element " + i + " is " + values[i]);
            assertEquals(Math.round(255 * values[i]), rounded[i]);
        }
        NumpyArray labels = archive.get("labels");
        assertEquals(NumpyArray.Type.INT64, labels.type());
        assertArrayEquals(
                IntStream.range(0, STORED)
                        .map(i -> i / TinyCommand.IPC)
                        .asDoubleStream()
                        .toArray(),
                labels.toDoubles());
        assertArrayEquals(
                new double[] {TinyCommand.FACTOR}, archive.get("factor").toDoubles());
    }

    @Test
    void pictureShowsTheImagesInARowPerClass() throws IOException {
        BufferedImage picture = ImageIO.read(run.resolve("synthetic.png").toFile());
        int step = 2 * TinyCommand.SIZE + 2;
        assertEquals(TinyCommand.IPC * step + 2, picture.getWidth());
        assertEquals(TinyCommand.CLASSES * step + 2, picture.getHeight());
        double[] bytes = NumpyArchive.read(run.resolve("synthetic.npz"))
                .get("images_uint8")
                .toDoubles();
        int plane = TinyCommand.SIZE * TinyCommand.SIZE;
        int y = 5;
        int x = 9;
        int second = (7 * TinyCommand.IPC + 1) * 3 * plane + y * TinyCommand.SIZE + x;
        int rgb = picture.getRGB(2 + step + 2 * x, 2 + 7 * step + 2 * y) & 0xffffff;
        assertEquals(
                (int) bytes[second] << 16 | (int) bytes[second + plane] << 8 | (int) bytes[second + 2 * plane], rgb);
    }

    @Test
    void everyInnerLoopIsALineOfMetrics() throws IOException {
        List<JsonNode> lines = lines(run, "metrics.jsonl");
        assertEquals(TinyCommand.OUTER * TinyCommand.INNER, lines.size());
        assertEquals(
                List.of("outer", "inner", "loss", "base_loss", "subset_loss", "train_loss", "seconds"),
                names(lines.get(0)));
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            assertEquals(i / TinyCommand.INNER + 1, line.get("outer").asInt());
            assertEquals(i % TinyCommand.INNER + 1, line.get("inner").asInt());
            // The first selection is made at the end of the first outer loop.
            assertEquals(i >= TinyCommand.INNER, line.get("subset_loss").asDouble() > 0, line.toString());
            double sum =
                    line.get("base_loss").asDouble() + line.get("subset_loss").asDouble();
            assertEquals(sum, line.get("loss").asDouble(), 1e-9 * sum);
        }
    }

    @Test
    void everySelectionIsALineOfItsLog() throws IOException {
        List<JsonNode> lines = lines(run, "mls.jsonl");
        assertEquals(TinyCommand.OUTER, lines.size());
        for (int t = 1; t <= TinyCommand.OUTER; t++) {
            JsonNode line = lines.get(t - 1);
            assertEquals(List.of("outer", "class", "selected", "frozen", "distance", "rate"), names(line));
            assertEquals(t, line.get("outer").asInt());
            assertTrue(line.get("class").isNull());
            assertEquals(1, line.get("selected").asInt());
            assertEquals(1, line.get("distance").size());
            assertEquals(t == 1, line.get("rate").isNull());
        }
    }

    @Test
    void manifestTellsHowTheRunWasMade() throws IOException {
        JsonNode manifest = json("manifest.json");
        assertEquals("finished", manifest.get("status").asText());
        assertEquals(2, manifest.get("threads").asInt());
        assertEquals(0, manifest.get("resumed").asInt());
        assertEquals(2, manifest.get("data").size());
        assertTrue(manifest.at("/data/0/sha256").asText().matches("[0-9a-f]{64}"));
        assertTrue(
                manifest.get("ended").asText().compareTo(manifest.get("started").asText()) >= 0);
        assertEquals(
                "mdc " + manifest.get("version").asText(),
                Cli.run("--version").out().lines().findFirst().orElseThrow());
    }

    @Test
    void classWiseRunsLogEveryClass() throws IOException {
        Path other = condensed("class-wise", "--class-wise=true", "--outer=1", "--inner=1");
        List<JsonNode> lines = lines(other, "mls.jsonl");
        assertEquals(
                IntStream.range(0, TinyCommand.CLASSES).boxed().toList(),
                lines.stream().map(line -> line.get("class").asInt()).toList());
    }

    @Test
    void sameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Path other = condensed("again", "--threads=1");
        assertEquals(-1, Files.mismatch(run.resolve("synthetic.npz"), other.resolve("synthetic.npz")));
        assertFalse(Arrays.equals(synthetic(run), synthetic(condensed("seeded", "--seed=1"))));
    }

    @Test
    void methodWithoutSubsetSelectsNothing() throws IOException {
        Path other = condensed("idc", "--method=idc");
        assertEquals(0, Files.size(other.resolve("mls.jsonl")));
        assertTrue(lines(other, "metrics.jsonl").stream()
                .allMatch(line -> line.get("subset_loss").asDouble() == 0));
        assertFalse(Arrays.equals(synthetic(run), synthetic(other)));
    }

    @Test
    void noOuterLoopLeavesTheFirstImages() throws IOException {
        Path other = condensed("initial", "--outer=0", "--init=random", "--factor=1");
        double[] bytes = NumpyArchive.read(other.resolve("synthetic.npz"))
                .get("images_uint8")
                .toDoubles();
        ImageSet real =
                Datasets.load(new DatasetName("shapes"), LoadRequest.of(null)).train();
        int image = 3 * TinyCommand.SIZE * TinyCommand.SIZE;
        for (int i = 0; i < STORED; i++) {
            int number = real.indicesOfClass(i / TinyCommand.IPC)[i % TinyCommand.IPC];
            byte[] expected = real.image(number);
            for (int k = 0; k < image; k++) {
                assertEquals(expected[k] & 255, bytes[i * image + k]);
            }
        }
        assertEquals(0, Files.size(other.resolve("metrics.jsonl")));
    }

    @Test
    void evaluationCanBeHadAgainAndPrintsWhatItWrites() throws IOException {
        Path other = condensed("to-evaluate", "--outer=0");
        Cli evaluated = Cli.run("evaluate", other.toString(), "--sizes", "1,2", "--repeats=1", "--json");
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.err());
        JsonNode written = JSON.readTree(other.resolve("evaluation.json").toFile());
        assertEquals(written, JSON.readTree(evaluated.out()));
        assertEquals(2, written.get("results").size());
        assertEquals(1, written.at("/results/1/last/runs").size());

        Cli table = Cli.run("evaluate", other.toString(), "--sizes=1", "--repeats=1");
        assertEquals(ExitCode.DONE, table.code(), table.err());
        double mean = written.at("/results/0/last/mean").asDouble();
        assertTrue(table.out().contains(String.format("convnet     1      40 %11.1f", mean)), table.out());
        assertTrue(table.out().endsWith("evaluation  " + other.resolve("evaluation.json") + "\n"), table.out());
    }

    @Test
    void finishedRunCanBeResumedWithoutChange() throws IOException {
        Path other = condensed("finished");
        byte[] before = synthetic(other);
        Cli resumed = Cli.run("condense", "--resume", "--out", other.toString());
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        assertArrayEquals(before, synthetic(other));
        assertEquals(
                TinyCommand.OUTER * TinyCommand.INNER,
                lines(other, "metrics.jsonl").size());
    }

    private static Path condensed(String name, String... changes) {
        Path out = folder.resolve(name);
        Cli cli = Cli.run(TinyCommand.condense(out, changes));
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        return out;
    }

    private static byte[] synthetic(Path directory) throws IOException {
        return Files.readAllBytes(directory.resolve("synthetic.npz"));
    }

    private static JsonNode json(String file) throws IOException {
        return JSON.readTree(run.resolve(file).toFile());
    }

    private static List<JsonNode> lines(Path directory, String file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(file))) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
