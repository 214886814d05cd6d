package io.mdc.network;

import io.mdc.base.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Reads the structure of networks that DL4J saved; weights, updaters and regularisation in the file are not used, for
 * networks are always trained from new weights, by this program's settings.
 */
public final class NetworkFiles {
    private NetworkFiles() {}

    /**
     * The graph in a model file {@code .zip} or a configuration {@code .json}; a network of layers is made a graph.
     *
     * @throws DataException if the file is missing or holds neither
     */
    public static ComputationGraphConfiguration read(Path file) {
        if (!Files.isReadable(file)) {
            throw new DataException(file + ": no such readable file; --network needs a DL4J .zip or .json");
        }
        try {
            return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")
                    ? model(file)
                    : configuration(Files.readString(file));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": not a network that DL4J saved (" + firstLine(e) + "); write it with ModelSerializer or"
                            + " ComputationGraphConfiguration.toJson",
                    e);
        }
    }

    private static ComputationGraphConfiguration model(Path file) throws IOException {
        try {
            return ModelSerializer.restoreComputationGraph(file.toFile(), false).getConfiguration();
        } catch (IOException | RuntimeException graph) {
            try {
                return asGraph(ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false));
            } catch (IOException | RuntimeException layers) {
                graph.addSuppressed(layers);
                throw graph;
            }
        }
    }

    private static ComputationGraphConfiguration configuration(String json) {
        if (json.contains("\"vertexInputs\"")) {
            return ComputationGraphConfiguration.fromJson(json);
        }
        MultiLayerNetwork layers = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
        layers.init();
        return asGraph(layers);
    }

    private static ComputationGraphConfiguration asGraph(MultiLayerNetwork layers) {
        ComputationGraph graph = layers.toComputationGraph();
        return graph.getConfiguration();
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse("");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
