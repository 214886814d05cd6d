package io.mdc.network;

import io.mdc.base.DataException;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The network to condense with, which is also the first choice to evaluate with.
 *
 * @param network its architecture or file
 * @param depth blocks of a ConvNet; each halves height and width
 * @param width channels, see {@link Architecture#width}; empty for the paper's
 */
public record NetworkConfig(
        @Setting(value = "Network to condense with", label = "NAME", settledByRun = true)
        NetworkChoice network,

        @Setting(value = "Blocks of a ConvNet", min = 1, max = 6)
        int depth,

        @Setting(
                value = "Channels of a ConvNet's blocks or of a ResNet's first stage, or growth of a DenseNet;"
                        + " auto is the paper's 128, 64 or 12",
                min = 1,
                max = 1024)
        OptionalInt width) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public NetworkConfig {
        Settings.check(NetworkConfig.class, network, depth, width);
    }

    /** The same network, a file named by its absolute path. */
    public NetworkConfig absolute() {
        return new NetworkConfig(network.absolute(), depth, width);
    }

    /**
     * Returns the width of a network: its own, or else, for the architecture that is condensed with, the setting, or
     * else the paper's.
     *
     * @param choice the network
     * @return channels; empty for a file
     */
    public OptionalInt widthOf(NetworkChoice choice) {
        if (choice.width().isPresent() || choice.file().isPresent()) {
            return choice.width();
        }
        Optional<Architecture> own = network.architecture();
        if (choice.architecture().equals(own)) {
            OptionalInt set = network.width().isPresent() ? network.width() : width;
            if (set.isPresent()) {
                return set;
            }
        }
        return OptionalInt.of(choice.architecture().orElseThrow().width());
    }

    /**
     * The DL4J configuration of a network for square images {@code [channels, size, size]}.
     *
     * @param choice which network; depth and width are these settings' where it does not say
     * @throws IllegalArgumentException if the images are too small for it
     * @throws DataException if it is a file that cannot be read
     */
    public ComputationGraphConfiguration configuration(NetworkChoice choice, int channels, int size, int classes) {
        return choice.file().map(NetworkFiles::read).orElseGet(() -> choice.architecture()
                .orElseThrow()
                .configuration(depth, widthOf(choice).orElseThrow(), channels, size, classes));
    }

    /**
     * Checks that images can be halved once for each block of a ConvNet.
     *
     * @param size height and width of the images in pixels
     * @throws ConfigException if there are too many blocks
     */
    public void requireFits(int size) {
        int most = 31 - Integer.numberOfLeadingZeros(size);
        if (network.architecture().equals(Optional.of(Architecture.CONVNET)) && depth > most) {
            throw new ConfigException(
                    "depth", depth, "must be at most " + most + " for images of " + size + "x" + size + " pixels");
        }
    }
}
