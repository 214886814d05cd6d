package io.mdc.network;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * Reads the structure of networks that DL4J saved; weights, updaters, regularisation and whatever objects are in the
 * file are not looked at, for networks are always trained from new weights, by this program's settings.
 */
public final class NetworkFiles {
    private static final String CONFIGURATION = "configuration.json";
    private static final String INPUT = "in";

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
        ComputationGraphConfiguration graph;
        try {
            graph = configuration(NetworkJson.checked(text(file)));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": not a network that DL4J saved (" + OneLine.reason(e)
                            + "); write it with ModelSerializer or" + " ComputationGraphConfiguration.toJson",
                    e);
        }
        graph.getVertices().values().forEach(NetworkFiles::keepVariances);
        return graph;
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            try (InputStream in = Files.newInputStream(file)) {
                return text(in);
            }
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(CONFIGURATION);
            if (entry == null) {
                throw new IOException("no " + CONFIGURATION + " in it");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return text(in);
            }
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(NetworkJson.LONGEST + 1);
        if (bytes.length > NetworkJson.LONGEST) {
            throw new IOException("a configuration of more than " + NetworkJson.LONGEST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ComputationGraphConfiguration configuration(String json) {
        return json.contains("\"vertexInputs\"")
                ? ComputationGraphConfiguration.fromJson(json)
                : asGraph(MultiLayerConfiguration.fromJson(json));
    }

    /**
     * Lets a batch norm keep running variances, where the file has DL4J's default, logarithms of deviations: what is
     * trained is the same, and so is what a trained network answers.
     */
    private static void keepVariances(GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer
                && layer.getLayerConf().getLayer() instanceof BatchNormalization norm
                && norm.isUseLogStd()) {
            norm.setUseLogStd(false);
            // names of the parameters, which DL4J lists anew
            layer.getLayerConf().clearVariables();
        }
    }

    /** One layer after the other, each by its number, which is what DL4J calls it. */
    private static ComputationGraphConfiguration asGraph(MultiLayerConfiguration layers) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .dataType(layers.getDataType())
                .graphBuilder()
                .addInputs(INPUT);
        int last = layers.getConfs().size() - 1;
        for (int i = 0; i <= last; i++) {
            graph.addLayer(
                    Integer.toString(i),
                    layers.getConf(i).getLayer(),
                    layers.getInputPreProcess(i),
                    i == 0 ? INPUT : Integer.toString(i - 1));
        }
        return graph.setOutputs(Integer.toString(last)).build();
    }
}
