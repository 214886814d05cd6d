package io.mdc.engine;

import io.mdc.base.DataException;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.ConfigException;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.nio.file.Path;

/** Compiles the networks that settings name, and writes trained ones. */
public final class Networks {
    private Networks() {}

    /**
     * A network for square images {@code [channels, size, size]}, compiled for a backend.
     *
     * @param choice which network
     * @param config depth and width where the choice does not say
     * @throws DataException if it is a file that cannot be read
     * @throws ConfigException if the engine cannot run the network, or it is one for other images or classes
     */
    public static DifferentiableGraph graph(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes, Backend backend) {
        DifferentiableGraph graph;
        try {
            graph = DifferentiableGraph.compile(
                    config.configuration(choice, channels, size, classes), channels, size, size, backend);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("network", choice, e.getMessage());
        } catch (NullPointerException | IndexOutOfBoundsException | ArithmeticException | ClassCastException e) {
            // Of our own networks that is a fault; a file may leave out, or set to anything, what DL4J always writes.
            Path file = choice.file().orElseThrow(() -> e);
            throw new DataException(file + ": parts of the network are missing or wrong; write it with DL4J again", e);
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
                config.configuration(choice, channels, size, classes), trained.weights(), trained.statistics(), file);
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
