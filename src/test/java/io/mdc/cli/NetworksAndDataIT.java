package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.DatasetName;
import io.mdc.dataset.Datasets;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on other data and with other networks than the usual ones. */
class NetworksAndDataIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("src/test/resources/io/mdc/dataset");

    @TempDir
    private Path folder;

    private Cli condense(Path out, String... changes) {
        return Cli.run(TinyCommand.condense(out, changes));
    }

    /** The first of the built-in images, as warm-up is on all there are and accuracy on all for tests. */
    private Path fewImages() throws IOException {
        Dataset shapes = Datasets.load(new DatasetName("shapes"), LoadRequest.of((Path) null));
        Path data = Files.createDirectory(folder.resolve("data"));
        write(shapes.train(), 512, data.resolve("train.npz"));
        write(shapes.test(), 200, data.resolve("test.npz"));
        return data;
    }

    private static void write(ImageSet images, int count, Path file) throws IOException {
        byte[] pixels = new byte[count * images.imageBytes()];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(images.image(i), 0, pixels, i * images.imageBytes(), images.imageBytes());
            labels[i] = images.label(i);
        }
        new NumpyArchive()
                .put("images", NumpyArray.of(pixels, count, images.channels(), images.height(), images.width()))
                .put("labels", NumpyArray.of(labels, count))
                .write(file);
    }

    @Test
    void aRunWithResNetIsEvaluatedWithSeveralNetworksThatAreKept() throws IOException {
        Path run = folder.resolve("run");
        Cli condensed = condense(
                run,
                "--dataset=npz",
                "--data-dir=" + fewImages(),
                "--network=resnet10-ap:2",
                "--width=auto",
                "--outer=1",
                "--inner=1",
                "--warm-up=1",
                "--batch-train=256",
                "--n-data=16");
        assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        String networks = "resnet10-ap,convnet:2,resnet10:2,densenet:2";
        Cli evaluated = Cli.run(
                "evaluate",
                run.toString(),
                "--networks",
                networks,
                "--sizes=1,2",
                "--epochs=4:1,2",
                "--repeats=1",
                "--save-models");
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.toString());
        JsonNode evaluation = JSON.readTree(run.resolve("evaluation.json").toFile());
        List<String> seen = new ArrayList<>();
        for (JsonNode result : evaluation.get("results")) {
            seen.add(result.get("network").asText() + " " + result.get("size") + " " + result.get("epochs"));
            assertTrue(result.at("/last/mean").asDouble() > 0, result.toString());
        }
        assertEquals(
                List.of(
                        "convnet:2 1 1",
                        "convnet:2 2 2",
                        "densenet:2 1 1",
                        "densenet:2 2 2",
                        "resnet10-ap 1 1",
                        "resnet10-ap 2 2",
                        "resnet10:2 1 1",
                        "resnet10:2 2 2"),
                seen);
        assertEquals(2, evaluation.at("/results/4/width").asInt());
        assertTrue(evaluated.out().contains("densenet:2 average"), evaluated.out());
        try (Stream<Path> models = Files.walk(run.resolve("models"))) {
            List<String> names = models.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertEquals(8, names.size());
            assertTrue(names.contains("resnet10-2-size2-repeat0.zip"), names.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"folder,tree,--size=16", "npz,npz,--size=auto"})
    void ownImagesAreCondensedAndTheirStatisticsKept(String dataset, String fixture, String size) throws IOException {
        Path run = folder.resolve("own run");
        Cli condensed = condense(
                run,
                "--dataset=" + dataset,
                "--data-dir=" + FIXTURES.resolve(fixture),
                size,
                "--ipc=1",
                "--factor=1",
                "--outer=1",
                "--inner=1",
                "--batch-real=2",
                "--n-data=4",
                "--batch-train=4",
                "--evaluate=true",
                "--repeats=1");
        assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        JsonNode manifest = JSON.readTree(run.resolve("manifest.json").toFile());
        assertEquals(
                fixture.equals("tree") ? "b class" : "1",
                manifest.at("/classes/1").asText());
        assertEquals(3, manifest.at("/normalization/mean").size());
        assertEquals(0, manifest.get("skipped_images").asInt());
    }

    @Test
    void networksThatCannotCondenseLeaveNoDirectory() throws IOException {
        Path run = folder.resolve("run");
        Cli batchNorm = condense(run, "--network=resnet18");
        assertEquals(ExitCode.USAGE, batchNorm.code());
        assertTrue(batchNorm.err().contains("--network resnet18: has batch norm"), batchNorm.err());
        Path file = Files.writeString(folder.resolve("net.json"), "{}");
        Cli damaged = condense(run, "--network=" + file);
        assertEquals(ExitCode.DATA, damaged.code(), damaged.toString());
        assertEquals(1, damaged.err().lines().count(), damaged.err());
        assertFalse(Files.exists(run));
    }
}
