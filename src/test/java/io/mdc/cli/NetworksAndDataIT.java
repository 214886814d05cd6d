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
import io.mdc.engine.Graphs;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

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
        Files.writeString(file, mergedVectors().toJson());
        Cli merged = condense(run, "--network=" + file);
        assertEquals(ExitCode.USAGE, merged.code(), merged.toString());
        assertTrue(
                merged.err()
                        .contains(
                                "--network " + file + ": network vertex 'join': the engine cannot run MergeVertex of"),
                merged.err());
        assertFalse(Files.exists(run));
    }

    private static ComputationGraphConfiguration mergedVectors() {
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(InputType.convolutional(TinyCommand.SIZE, TinyCommand.SIZE, 3))
                .addLayer("convolution", Graphs.convolution(2, 3, 1, 1, true), "input")
                .addLayer("a", vector(), "convolution")
                .addLayer("b", vector(), "convolution")
                .addVertex("join", new MergeVertex(), "a", "b")
                .addLayer("out", classifier(), "join")
                .setOutputs("out")
                .build();
    }

    private static Layer vector() {
        return new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build();
    }

    private static Layer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(TinyCommand.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    @Test
    void aSavedModelHasTheAccuracyOfTheEvaluationInDeeplearning4j() throws IOException {
        Path data = fewImages();
        Path file = Files.writeString(folder.resolve("net.json"), batchNorm().toJson());
        Path run = folder.resolve("run");
        Cli condensed = condense(run, "--dataset=npz", "--data-dir=" + data, "--outer=1", "--inner=1");
        assertEquals(ExitCode.DONE, condensed.code(), condensed.toString());
        Cli evaluated = Cli.run(
                "evaluate",
                run.toString(),
                "--networks=" + file,
                "--sizes=2",
                "--epochs=20",
                "--repeats=1",
                "--save-models");
        assertEquals(ExitCode.DONE, evaluated.code(), evaluated.toString());
        double percent = JSON.readTree(run.resolve("evaluation.json").toFile())
                .at("/results/0/last/mean")
                .asDouble();
        NumpyArchive test = NumpyArchive.read(data.resolve("test.npz"));
        double[] labels = test.get("labels").toDoubles();
        INDArray answers =
                model(run).outputSingle(normalised(run, test.get("images"))).argMax(1);
        long right = IntStream.range(0, labels.length)
                .filter(i -> answers.getInt(i) == labels[i])
                .count();
        assertEquals(percent, 100.0 * right / labels.length, 0.5);
    }

    /** Of DL4J's defaults. */
    private static ComputationGraphConfiguration batchNorm() {
        return Graphs.chain(
                3,
                TinyCommand.SIZE,
                Graphs.convolution(8, 3, 2, 1, true),
                new BatchNormalization.Builder().build(),
                Graphs.relu(),
                classifier());
    }

    private static ComputationGraph model(Path run) throws IOException {
        try (Stream<Path> models = Files.walk(run.resolve("models"))) {
            List<Path> files = models.filter(Files::isRegularFile).toList();
            assertEquals(1, files.size(), files.toString());
            return ComputationGraph.load(files.get(0).toFile(), false);
        }
    }

    private static INDArray normalised(Path run, NumpyArray images) throws IOException {
        JsonNode manifest = JSON.readTree(run.resolve("manifest.json").toFile());
        double[] values = images.toDoubles();
        int plane = TinyCommand.SIZE * TinyCommand.SIZE;
        for (int i = 0; i < values.length; i++) {
            int channel = i / plane % 3;
            double mean = manifest.at("/normalization/mean/" + channel).asDouble();
            double std = manifest.at("/normalization/std/" + channel).asDouble();
            values[i] = (values[i] / 255 - mean) / std;
        }
        return Nd4j.createFromArray(values)
                .castTo(Nd4j.dataType())
                .reshape('c', values.length / 3 / plane, 3, TinyCommand.SIZE, TinyCommand.SIZE);
    }
}
