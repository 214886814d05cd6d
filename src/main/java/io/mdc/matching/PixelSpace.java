package io.mdc.matching;

import io.mdc.augment.Transform;
import io.mdc.data.Normalization;
import java.util.Collections;

/** In what values of pixels the images move. */
public enum PixelSpace {
    /** Those that are stored, limited to [0, 1] at the start of every outer loop and at the end. */
    LIMITED {
        @Override
        public Transform gradientOfStored(Normalization normalization) {
            return Transform.ChannelScale.of(normalization);
        }

        @Override
        public Normalization noise(Normalization normalization) {
            int channels = normalization.channels();
            return new Normalization(Collections.nCopies(channels, 0.5), Collections.nCopies(channels, 0.25));
        }
    },
    /** Those that networks see, never limited. */
    NORMALISED {
        /** A step of the normalised values x = (s − mean)/std along ∂/∂x moves the stored ones, s, by std times it. */
        @Override
        public Transform gradientOfStored(Normalization normalization) {
            double[] std = normalization.std().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            return new Transform.ChannelScale(std, new double[std.length]);
        }

        /** Normalised values of mean 0 and deviation 1. */
        @Override
        public Normalization noise(Normalization normalization) {
            return normalization;
        }
    };

    /** The transform whose adjoint turns a gradient of normalised values into what stored ones move along. */
    public abstract Transform gradientOfStored(Normalization normalization);

    /** Mean and deviation of the stored values of images that begin as noise, before they are limited. */
    public abstract Normalization noise(Normalization normalization);
}
