package io.mdc.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Graphs;
import io.mdc.engine.Networks;
import io.mdc.setting.ConfigException;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    static MultiLayerConfiguration layers() {
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

    /** What an attacker's class would do when it is made from a stream, or only loaded. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            SPRUNG.add("made");
        }
    }

    /** Loaded only by name. */
    @SuppressWarnings("unused") // its name stands in a file
    private static final class LoadedTrap {
        static {
            SPRUNG.add("loaded");
        }
    }

    private static final List<String> SPRUNG = new ArrayList<>();

    @Test
    void objectsInAModelAreNotRead() throws IOException {
        ComputationGraph graph = new ComputationGraph(convNet());
        graph.init();
        Path zip = folder.resolve("net.zip");
        ModelSerializer.writeModel(graph, zip.toFile(), false);
        try (FileSystem files = FileSystems.newFileSystem(zip);
                ObjectOutputStream out =
                        new ObjectOutputStream(Files.newOutputStream(files.getPath("preprocessor.bin")))) {
            out.writeObject(new Trap());
        }
        assertEquals(
                graph.numParams(), compile(zip, 2, 4).newParameters().flat().size());
        assertEquals(List.of(), SPRUNG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"org.deeplearning4j.nn.conf.layers.ActivationLayer\"",
                "\"org.nd4j.linalg.activations.impl.ActivationReLU\"",
                "\"org.deeplearning4j.nn.conf.distribution.NormalDistribution\"",
                "\"org.nd4j.linalg.activations.impl.ActivationReLU\", \"@class\": \"TRAP\""
            })
    void classesThatAreNotOfNetworksAreRefusedUnloaded(String named) throws IOException {
        String trap = getClass().getName() + "$LoadedTrap";
        String other = named.contains("TRAP") ? named : "\"TRAP\"";
        String json = new ResNet(List.of(1), false, false, Norm.INSTANCE, false)
                .configuration(3, 2, 8, 4)
                .toJson();
        String kind = named.replaceFirst(",.*", "");
        assertTrue(json.contains(kind), kind);
        Path file = Files.writeString(folder.resolve("net.json"), json.replace(kind, other.replace("TRAP", trap)));
        String message = refusal(DataException.class, file, 2, 4);
        assertTrue(message.contains(named.contains("TRAP") ? "Duplicate" : "it names the class " + trap), message);
        assertEquals(List.of(), SPRUNG);
    }

    @Test
    void textOutOfProportionIsRefusedSoon() throws IOException {
        String json = convNet().toJson();
        for (String wrong : List.of(
                json.replaceFirst("\"seed\" : \\d+", "\"seed\" : 1" + "0".repeat(100)),
                "{\"vertexInputs\":" + "[".repeat(100_000),
                " ".repeat((1 << 24) + 1))) {
            Path file = Files.writeString(folder.resolve("net.json"), wrong);
            String message = assertTimeout(Duration.ofSeconds(5), () -> refusal(DataException.class, file, 2, 4));
            assertTrue(message.startsWith(file + ": not a network that DL4J saved"), message);
        }
    }

    @Test
    void aNetworkWithPartsLeftOutIsADataFault() throws IOException {
        String json = convNet().toJson().replaceFirst("\"vertexInputs\" : \\{[^}]*\\}", "\"vertexInputs\" : {}");
        Path file = Files.writeString(folder.resolve("net.json"), json);
        String message = refusal(DataException.class, file, 2, 4);
        assertTrue(message.startsWith(file + ": parts of the network are missing or wrong"), message);
    }

    @Test
    void layersBecomeTheGraphThatDeeplearning4jMakesOfThem() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(layers());
        network.init();
        Path file = Files.writeString(folder.resolve("net.json"), layers().toJson());
        ComputationGraphConfiguration theirs = network.toComputationGraph().getConfiguration();
        ComputationGraphConfiguration ours = NetworkFiles.read(file);
        assertEquals(settings(theirs), settings(ours));
    }

    /** Without what DL4J notes there when it makes a network of a configuration. */
    private static String settings(ComputationGraphConfiguration graph) {
        return graph.toJson().replaceAll("\"(seed|variables|topologicalOrder|topologicalOrderStr)\" : .*", "");
    }
}
