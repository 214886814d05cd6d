package io.mdc.batch;

import io.mdc.augment.Transform;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/**
 * The images of a data set, kept as bytes and normalised as they are loaded: {@code (value/255 − mean)/std} per
 * channel.
 */
public final class RealImages implements ImageSource {
    private final ImageOps ops;
    private final ImageSet set;
    private final double[] scale;
    private final double[] shift;

    /**
     * Images of {@code set} normalised by {@code normalization}; {@link Normalization#identity} leaves values in [0,
     * 1].
     */
    public RealImages(ImageOps ops, ImageSet set, Normalization normalization) {
        this.ops = ops;
        this.set = set;
        Transform.ChannelScale normal = Transform.ChannelScale.of(normalization);
        scale = Arrays.stream(normal.scale()).map(s -> s / 255).toArray();
        shift = normal.shift();
    }

    @Override
    public int size() {
        return set.size();
    }

    @Override
    public int label(int image) {
        return set.label(image);
    }

    @Override
    public void load(int[] images, Tensor out) {
        ops.load(set.pixels(), images, scale, shift, out);
    }
}
