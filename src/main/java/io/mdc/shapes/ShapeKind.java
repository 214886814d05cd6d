package io.mdc.shapes;

import java.util.function.DoubleFunction;

/**
 * The classes of {@link Shapes}: figures about the origin with a radius of about 1, y downwards.
 *
 * <p>No class is a mirror image or a small rotation of another, so that flips and rotations keep the label.
 */
enum ShapeKind {
    DISC(v -> Outline.disc(0, 0, 0.9)),
    RING(v -> Outline.disc(0, 0, 1).without(Outline.disc(0, 0, 0.5 + 0.15 * v))),
    SQUARE(v -> Outline.box(0, 0, 0.8, 0.8)),
    TRIANGLE(v -> Outline.polygon(0, -1.05, 1.05, 0.8, -1.05, 0.8)),
    CROSS(v -> Outline.box(0, 0, 1, 0.22 + 0.1 * v).or(Outline.box(0, 0, 0.22 + 0.1 * v, 1))),
    STAR(v -> Outline.star(10, 1.15, 0.42 + 0.1 * v)),
    CRESCENT(v -> Outline.disc(-0.15, 0, 1).without(Outline.disc(0.35 + 0.15 * v, 0, 0.8))),
    HEART(v -> Outline.disc(-0.45, -0.35, 0.5)
            .or(Outline.disc(0.45, -0.35, 0.5))
            .or(Outline.polygon(-0.86, -0.06, -0.45, -0.5, 0, -0.42, 0.45, -0.5, 0.86, -0.06, 0, 0.95))),
    ARROW(v -> Outline.polygon(
            0,
            -1.1,
            0.85,
            -0.1,
            0.3 + 0.1 * v,
            -0.1,
            0.3 + 0.1 * v,
            1,
            -0.3 - 0.1 * v,
            1,
            -0.3 - 0.1 * v,
            -0.1,
            -0.85,
            -0.1)),
    BARS(v -> Outline.box(0, -0.72, 0.95, 0.16 + 0.05 * v)
            .or(Outline.box(0, 0, 0.95, 0.16 + 0.05 * v))
            .or(Outline.box(0, 0.72, 0.95, 0.16 + 0.05 * v)));

    @SuppressWarnings("ImmutableEnumChecker") // all are lambdas without state
    private final DoubleFunction<Outline> outline;

    ShapeKind(DoubleFunction<Outline> outline) {
        this.outline = outline;
    }

    /** One figure of this class; {@code variation} in [0, 1] changes its proportions. */
    Outline outline(double variation) {
        return outline.apply(variation);
    }
}
