package io.mdc.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Graphs;
import io.mdc.engine.Networks;
import io.mdc.setting.ConfigException;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks from files that DL4J itself has written. */
class NetworkFilesTest {
    @TempDir
    private Path folder;

    private DifferentiableGraph compile(Path file, int channels, int classes) {
        NetworkChoice choice = NetworkChoice.parse(file.toString());
        NetworkConfig config = new NetworkConfig(choice, 3, OptionalInt.empty());
        return Networks.graphToCondense(choice, config, channels, 8, classes, TestBackends.HOST);
    }

    private static ComputationGraphConfiguration convNet() {
        return ConvNet.configuration(2, 3, 2, 8, 4);
    }

    private static MultiLayerConfiguration layers() {
        return new NeuralNetConfiguration.Builder()
                .list()
                .layer(Graphs.convolution(3, 3, 1, 1, true))
                .layer(new InstanceNormalization.Builder().build())
                .layer(Graphs.relu())
                .layer(Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX))
                .setInputType(InputType.convolutional(8, 8, 2))
                .build();
    }

    private String refusal(Class<? extends RuntimeException> type, Path file, int channels, int classes) {
        return assertThrows(type, () -> compile(file, channels, classes)).getMessage();
    }

    @Test
    void readsModelsAndConfigurationsOfGraphs() throws IOException {
        ComputationGraph graph = new ComputationGraph(convNet());
        graph.init();
        Path zip = folder.resolve("net.zip");
        ModelSerializer.writeModel(graph, zip.toFile(), false);
        Path json = Files.writeString(folder.resolve("net.json"), convNet().toJson());
        assertEquals(
                graph.numParams(), compile(zip, 2, 4).newParameters().flat().size());
        assertEquals(
                graph.numParams(), compile(json, 2, 4).newParameters().flat().size());
    }

    @Test
    void readsModelsAndConfigurationsOfLayers() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(layers());
        network.init();
        Path zip = folder.resolve("net.zip");
        ModelSerializer.writeModel(network, zip.toFile(), false);
        Path json = Files.writeString(folder.resolve("net.json"), layers().toJson());
        assertEquals(
                network.numParams(), compile(zip, 2, 3).newParameters().flat().size());
        assertEquals(
                network.numParams(), compile(json, 2, 3).newParameters().flat().size());
    }

    @Test
    void aFileRunsLikeTheNetworkItWasWrittenFrom() throws IOException {
        Path json = Files.writeString(folder.resolve("net.json"), convNet().toJson());
        DifferentiableGraph own = DifferentiableGraph.compile(convNet(), 2, 8, 8, TestBackends.HOST);
        assertEquals(own.parameters(), compile(json, 2, 4).parameters());
    }

    @Test
    void refusesWhatIsNoNetworkInOneLine() throws IOException {
        for (String name : new String[] {"net.zip", "net.json"}) {
            Path file = Files.writeString(folder.resolve(name), "no\nnetwork");
            String message = refusal(DataException.class, file, 2, 4);
            assertTrue(message.startsWith(file + ": not a network that DL4J saved"), message);
            assertEquals(1, message.lines().count(), message);
        }
        Path missing = folder.resolve("missing.zip");
        assertTrue(refusal(DataException.class, missing, 2, 4).startsWith(missing + ": no such readable file"));
    }

    @Test
    void refusesNetworksForOtherImagesOrClasses() throws IOException {
        Path json = Files.writeString(folder.resolve("net.json"), convNet().toJson());
        String channels = refusal(ConfigException.class, json, 3, 4);
        assertEquals(
                "--network " + json + ": network vertex 'conv0' takes 2 channels, these images give it 3", channels);
        String classes = refusal(ConfigException.class, json, 2, 5);
        assertEquals("--network " + json + ": tells 4 classes apart, the data set has 5", classes);
    }
}
