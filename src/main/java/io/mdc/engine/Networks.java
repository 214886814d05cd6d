package io.mdc.engine;

import io.mdc.network.Architecture;
import io.mdc.network.ConvNet;
import io.mdc.network.DenseNet;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.network.NetworkFiles;
import io.mdc.network.Norm;
import io.mdc.network.ResNet;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** Makes the networks that settings name. */
public final class Networks {
    private Networks() {}

    /**
     * The DL4J configuration of a network for square images {@code [C, size, size]}.
     *
     * @param choice which network
     * @param config depth and width where the choice does not say
     * @throws IllegalArgumentException if the images are too small for it
     * @throws io.mdc.base.DataException if it is a file that cannot be read
     */
    public static ComputationGraphConfiguration configuration(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes) {
        if (choice.file().isPresent()) {
            return NetworkFiles.read(choice.file().get());
        }
        Architecture architecture = choice.architecture().orElseThrow();
        int width = config.widthOf(choice).orElseThrow();
        return switch (architecture) {
            case CONVNET -> ConvNet.configuration(config.depth(), width, channels, size, classes);
            case RESNET10_AP -> ResNet.ap10(size).configuration(width, channels, size, classes);
            case RESNET10 -> resNet(10, Norm.BATCH, width, channels, size, classes);
            case RESNET18 -> resNet(18, Norm.BATCH, width, channels, size, classes);
            case RESNET34 -> resNet(34, Norm.BATCH, width, channels, size, classes);
            case RESNET50 -> resNet(50, Norm.BATCH, width, channels, size, classes);
            case RESNET10_IN -> resNet(10, Norm.INSTANCE, width, channels, size, classes);
            case RESNET18_IN -> resNet(18, Norm.INSTANCE, width, channels, size, classes);
            case RESNET34_IN -> resNet(34, Norm.INSTANCE, width, channels, size, classes);
            case RESNET50_IN -> resNet(50, Norm.INSTANCE, width, channels, size, classes);
            case DENSENET -> DenseNet.PAPER.configuration(width, channels, size, classes);
        };
    }

    private static ComputationGraphConfiguration resNet(
            int layers, Norm norm, int width, int channels, int size, int classes) {
        return ResNet.ofLayers(layers, norm, size).configuration(width, channels, size, classes);
    }

    /**
     * {@link #configuration}, compiled for a backend.
     *
     * @throws ConfigException if the engine cannot run the network, or it is one for other images or classes
     */
    public static DifferentiableGraph graph(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes, Backend backend) {
        DifferentiableGraph graph;
        try {
            graph = DifferentiableGraph.compile(
                    configuration(choice, config, channels, size, classes), channels, size, size, backend);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("network", choice, e.getMessage());
        }
        if (graph.classes() != classes) {
            throw new ConfigException(
                    "network", choice, "tells " + graph.classes() + " classes apart, the data set has " + classes);
        }
        return graph;
    }

    /**
     * Writes a trained network as a file that DL4J opens, see {@link ModelFiles}.
     *
     * @throws IOException if it cannot be written
     */
    public static void save(
            NetworkChoice choice,
            NetworkConfig config,
            int channels,
            int size,
            int classes,
            NetworkTrainer trained,
            Path file)
            throws IOException {
        ModelFiles.write(
                configuration(choice, config, channels, size, classes), trained.weights(), trained.statistics(), file);
    }

    /**
     * {@link #graph} for condensing, which needs gradients of parts of a batch.
     *
     * @throws ConfigException also if samples interact in the network
     */
    public static DifferentiableGraph graphToCondense(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes, Backend backend) {
        DifferentiableGraph graph = graph(choice, config, channels, size, classes, backend);
        if (graph.couplesSamples()) {
            throw new ConfigException(
                    "network",
                    choice,
                    "has batch norm, with which images of a batch influence each other; condense with instance norm,"
                            + " for example resnet10-ap or resnet18-in");
        }
        return graph;
    }
}
