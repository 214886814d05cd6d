package io.mdc.augment;

/** An image transform that an augmentation is made of. */
public enum TransformKind {
    /** Brightness, saturation and contrast. */
    COLOR,
    /** Shift with zero padding. */
    CROP,
    /** A square set to zero. */
    CUTOUT,
    /** Mirror left and right. */
    FLIP,
    /** Change of size, each axis on its own. */
    SCALE,
    /** Rotation about the centre. */
    ROTATE,
    /** A random part of half the area or more, enlarged to the whole. */
    RANDOM_RESIZED_CROP,
    /** Brightness, contrast and saturation in random order, as for ImageNet. */
    COLOR_JITTER,
    /** A shift along the principal colours of ImageNet. */
    LIGHTING;

    /** Whether it is for images of three colours. */
    boolean needsColours() {
        return this == COLOR_JITTER || this == LIGHTING;
    }
}
