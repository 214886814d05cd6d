package io.mdc.synthetic;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;

/**
 * The images to make.
 *
 * @param ipc stored images per class
 * @param factor each stored image holds factor × factor training images
 * @param decode how stored images become training images in a matching step
 * @param init what the images are at first
 * @param startIndex which block of real images the first images are made from
 */
public record SyntheticConfig(
        @Setting(value = "Images per class of the condensed set", min = 1, max = 10_000)
        int ipc,

        @Setting(value = "Tiles per side of a condensed image, each a training image of its own", min = 1, max = 16)
        int factor,

        @Setting("Decoding when matching: all tiles, or bound by batch-syn-max so that later images have fewer tiles")
        Decoding decode,

        @Setting(
                "First images: collages of real images, the first of their class (mix) or chosen by a new network (kmeans, herding,"
                        + " k-center), real images (random), or noise; auto is what the method is known for")
        Init init,

        @Setting(value = "Block of real images that the first images are made from", min = 0, max = 1_000_000)
        int startIndex) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range, or there is a start index where images are chosen
     */
    public SyntheticConfig {
        Settings.check(SyntheticConfig.class, ipc, factor, decode, init, startIndex);
        if (startIndex > 0 && init.coreset().isPresent()) {
            throw new ConfigException(
                    "start-index",
                    startIndex,
                    "must be 0 with --init " + TextForm.format(init) + ", which chooses from all images of a class");
        }
    }

    /**
     * Returns the same settings with other first images.
     *
     * @throws ConfigException if there is a start index and these have none
     */
    public SyntheticConfig with(Init other) {
        return new SyntheticConfig(ipc, factor, decode, other, startIndex);
    }

    /**
     * Returns the training images that a class has after its images are cut into tiles.
     *
     * @return ipc · factor²
     */
    public int decodedPerClass() {
        return ipc * factor * factor;
    }

    /**
     * Checks that images can be cut into tiles: tiles have at least two pixels a side and none is only padding.
     *
     * @param size height and width of the images in pixels
     * @throws ConfigException if the factor does not fit
     */
    public void requireFits(int size) {
        if (!fits(factor, size)) {
            int largest = factor;
            while (largest > 1 && !fits(largest, size)) {
                largest--;
            }
            throw new ConfigException(
                    "factor",
                    factor,
                    "does not fit images of " + size + "x" + size + " pixels; the next smaller that does is "
                            + largest);
        }
    }

    private static boolean fits(int factor, int size) {
        int tile = (size + factor - 1) / factor;
        return factor == 1 || (tile >= 2 && (factor - 1) * tile < size);
    }
}
