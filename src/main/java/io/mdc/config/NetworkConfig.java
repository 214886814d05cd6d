package io.mdc.config;

/**
 * The ConvNet to condense and evaluate with.
 *
 * @param depth convolution blocks; each halves height and width
 * @param width channels of each block
 */
public record NetworkConfig(
        @Setting(value = "Blocks of the ConvNet", min = 1, max = 6)
        int depth,

        @Setting(value = "Channels of each block", min = 1, max = 1024)
        int width) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public NetworkConfig {
        Settings.check(NetworkConfig.class, depth, width);
    }

    /**
     * Checks that images can be halved once for each block.
     *
     * @param size height and width of the images in pixels
     * @throws ConfigException if there are too many blocks
     */
    public void requireFits(int size) {
        int most = 31 - Integer.numberOfLeadingZeros(size);
        if (depth > most) {
            throw new ConfigException(
                    "depth", depth, "must be at most " + most + " for images of " + size + "x" + size + " pixels");
        }
    }
}
