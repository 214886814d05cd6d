package io.mdc.network;

import io.mdc.config.Architecture;
import io.mdc.config.NetworkChoice;
import io.mdc.config.NetworkConfig;
import io.mdc.tensor.Backend;
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
     */
    public static ComputationGraphConfiguration configuration(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes) {
        Architecture architecture = choice.architecture()
                .orElseThrow(() -> new IllegalArgumentException("network files are not read yet: " + choice));
        int width = config.widthOf(choice).orElseThrow();
        return switch (architecture) {
            case CONVNET -> ConvNet.configuration(config.depth(), width, channels, size, classes);
            default -> throw new IllegalArgumentException("no such network yet: " + choice);
        };
    }

    /** {@link #configuration}, compiled for a backend. */
    public static DifferentiableGraph graph(
            NetworkChoice choice, NetworkConfig config, int channels, int size, int classes, Backend backend) {
        return DifferentiableGraph.compile(
                configuration(choice, config, channels, size, classes), channels, size, size, backend);
    }
}
