package io.mdc.shapes;

import static io.mdc.shapes.Texture.uniform;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Paints one image of {@link Shapes}: a textured background, small distracting marks, the figure, and noise.
 *
 * <p>Only the figure's outline depends on the class. Only +, −, ·, /, square roots and {@link StrictMath} are used, so
 * the bytes are the same on every machine. The ranges are chosen so that a small convolutional network learns the
 * classes from a few hundred images but not from a few.
 */
final class ShapePainter {
    static final int SIDE = 32;
    static final int CHANNELS = 3;

    private static final double MIN_RADIUS = 9;
    private static final double MAX_RADIUS = 13;
    private static final double MAX_STRETCH = 1.25;
    private static final double MAX_TILT = 0.3;
    private static final double CENTRE = SIDE / 2.0;
    private static final int MAX_MARKS = 3;
    private static final double TEXTURE_STRENGTH = 0.15;
    private static final double MIN_CONTRAST = 0.3;
    private static final double MIN_NOISE = 0.01;
    private static final double MAX_NOISE = 0.05;

    private final RandomGenerator random;
    private final Colour[] canvas = new Colour[SIDE * SIDE];

    /** What to fill a figure with: a pattern between two colours, opaque at 1. */
    private record Paint(Colour from, Colour to, Texture texture, double opacity) {}

    ShapePainter(RandomGenerator random) {
        this.random = random;
        Arrays.fill(canvas, Colour.BLACK);
    }

    /** Paints a figure and stores it as {@code [3, 32, 32]} bytes from {@code offset}; to be called once. */
    void paint(ShapeKind kind, byte[] pixels, int offset) {
        Colour background = Colour.random(random);
        fill((x, y) -> -1, CENTRE, CENTRE, SIDE, textured(background));
        int marks = (int) uniform(random, 0, MAX_MARKS + 1);
        for (int i = 0; i < marks; i++) {
            mark();
        }
        figure(kind, textured(contrasting(background)));
        store(uniform(random, MIN_NOISE, MAX_NOISE), pixels, offset);
    }

    private void figure(ShapeKind kind, Paint paint) {
        double radius = uniform(random, MIN_RADIUS, MAX_RADIUS);
        double stretch = Math.sqrt(uniform(random, 1 / MAX_STRETCH, MAX_STRETCH));
        double play = (CENTRE - radius) / 2;
        double x = CENTRE + uniform(random, -play, play);
        double y = CENTRE + uniform(random, -play, play);
        Outline outline = kind.outline(uniform(random, 0, 1))
                .placed(x, y, radius * stretch, radius / stretch, uniform(random, -MAX_TILT, MAX_TILT));
        fill(outline, x, y, SIDE, paint);
    }

    /** A short half-transparent line anywhere. */
    private void mark() {
        Colour colour = Colour.random(random);
        double length = uniform(random, 1, 4);
        double thickness = uniform(random, 0.6, 1.2);
        double x = uniform(random, 0, SIDE);
        double y = uniform(random, 0, SIDE);
        Outline outline = Outline.box(0, 0, length, thickness).placed(x, y, 1, 1, uniform(random, 0, StrictMath.PI));
        fill(outline, x, y, length + 2, new Paint(colour, colour, (px, py) -> 0, uniform(random, 0.3, 0.8)));
    }

    /** Fills a figure that lies within {@code reach} pixels of its centre. */
    private void fill(Outline outline, double centreX, double centreY, double reach, Paint paint) {
        int right = Math.min(SIDE, (int) (centreX + reach));
        int bottom = Math.min(SIDE, (int) (centreY + reach));
        for (int y = Math.max(0, (int) (centreY - reach)); y < bottom; y++) {
            for (int x = Math.max(0, (int) (centreX - reach)); x < right; x++) {
                double coverage = Math.min(1, 0.5 - outline.distance(x + 0.5, y + 0.5)) * paint.opacity;
                if (coverage > 0) {
                    Colour colour = paint.from.mix(paint.to, paint.texture.at(x + 0.5, y + 0.5));
                    canvas[y * SIDE + x] = canvas[y * SIDE + x].mix(colour, coverage);
                }
            }
        }
    }

    private void store(double noise, byte[] pixels, int offset) {
        List<ToDoubleFunction<Colour>> channels = List.of(Colour::red, Colour::green, Colour::blue);
        for (ToDoubleFunction<Colour> channel : channels) {
            for (Colour colour : canvas) {
                double noisy =
                        channel.applyAsDouble(colour) + noise * (uniform(random, -1, 1) + uniform(random, -1, 1));
                pixels[offset++] = (byte) Math.min(255, Math.max(0, (int) (noisy * 255 + 0.5)));
            }
        }
    }

    private Paint textured(Colour colour) {
        Colour shade = colour.mix(Colour.random(random), TEXTURE_STRENGTH);
        return new Paint(colour, shade, Texture.random(random), 1);
    }

    private Colour contrasting(Colour background) {
        Colour colour;
        do {
            colour = Colour.random(random);
        } while (Math.abs(colour.luminance() - background.luminance()) < MIN_CONTRAST);
        return colour;
    }
}
