package io.mdc.network;

import io.mdc.engine.Networks;
import io.mdc.testing.ReaderMutations;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of DL4J, read and compiled, see {@link ReaderMutations}. */
class NetworkMutationsIT {
    @TempDir
    private Path folder;

    private static ComputationGraphConfiguration network() {
        return ConvNet.configuration(1, 3, 2, 8, 4);
    }

    private void check(String family, String name, int classes) throws Exception {
        ReaderMutations.check(family, folder, fixture -> {
            NetworkChoice choice = NetworkChoice.parse(fixture.resolve(name).toString());
            NetworkConfig config = new NetworkConfig(choice, 3, OptionalInt.empty());
            Networks.graphToCondense(choice, config, 2, 8, classes, TestBackends.HOST);
        });
    }

    @Test
    void configurations() throws Exception {
        Files.writeString(folder.resolve("net.json"), network().toJson());
        check("dl4j-json", "net.json", 4);
    }

    @Test
    void configurationsOfLayers() throws Exception {
        Files.writeString(folder.resolve("net.json"), NetworkFilesTest.layers().toJson());
        check("dl4j-layers", "net.json", 3);
    }

    @Test
    void models() throws Exception {
        ComputationGraph graph = new ComputationGraph(network());
        graph.init();
        write(graph, folder.resolve("net.zip"));
        check("dl4j-zip", "net.zip", 4);
    }

    private static void write(ComputationGraph graph, Path file) throws IOException {
        ModelSerializer.writeModel(graph, file.toFile(), false);
    }
}
