package io.mdc.data;

import static io.mdc.data.Texture.uniform;

import java.util.random.RandomGenerator;

/**
 * Paints one image of {@link Shapes}: a textured background, small distracting marks, the figure, and noise.
 *
 * <p>Everything but the figure's outline is drawn without knowing the class. Only +, −, ·, /, square roots and
 * {@link StrictMath} are used, so the bytes are the same on every machine.
 */
final class ShapePainter {
    static final int SIDE = 32;
    static final int CHANNELS = 3;
    private static final int PLANE = SIDE * SIDE;

    /** Weights of red, green and blue in the luminance, ITU-R BT.601. */
    private static final double[] LUMINANCE = {0.299, 0.587, 0.114};

    static double MIN_CONTRAST = Double.parseDouble(System.getProperty("contrast", "0.25"));
    static double ROT = Double.parseDouble(System.getProperty("rot", "0.4"));
    static double RMIN = Double.parseDouble(System.getProperty("rmin", "8"));
    static double RMAX = Double.parseDouble(System.getProperty("rmax", "12"));
    static double POS = Double.parseDouble(System.getProperty("pos", "1"));
    static int MARKS = Integer.parseInt(System.getProperty("marks", "4"));
    static double BGT = Double.parseDouble(System.getProperty("bgt", "0.25"));
    static double FGT = Double.parseDouble(System.getProperty("fgt", "0.25"));
    static double NOISE = Double.parseDouble(System.getProperty("noise", "0.05"));

    private final RandomGenerator random;
    private final double[][] canvas = new double[CHANNELS][PLANE];

    ShapePainter(RandomGenerator random) {
        this.random = random;
    }

    /** Paints a figure and stores it as {@code [3, 32, 32]} bytes from {@code offset}. */
    void paint(ShapeKind kind, byte[] pixels, int offset) {
        double[] background = colour();
        fill((x, y) -> -PLANE, background, shade(background, BGT), Texture.random(random), 1);
        int marks = (int) uniform(random, 0, MARKS + 1);
        for (int i = 0; i < marks; i++) {
            mark();
        }
        double[] colour = contrasting(background);
        fill(figure(kind), colour, shade(colour, FGT), Texture.random(random), 1);
        store(uniform(random, 0.2, 1) * NOISE, pixels, offset);
    }

    private Outline figure(ShapeKind kind) {
        double radius = uniform(random, RMIN, RMAX);
        double stretch = Math.sqrt(uniform(random, 0.8, 1.25));
        double reach = POS * (SIDE / 2.0 - radius);
        double centreX = SIDE / 2.0 + uniform(random, -reach, reach);
        double centreY = SIDE / 2.0 + uniform(random, -reach, reach);
        double angle = uniform(random, -ROT, ROT);
        return kind.outline(uniform(random, 0, 1)).placed(centreX, centreY, radius * stretch, radius / stretch, angle);
    }

    /** A short line or a dot anywhere, half transparent. */
    private void mark() {
        double[] colour = colour();
        double length = uniform(random, 1, 4);
        double thickness = uniform(random, 0.6, 1.2);
        Outline outline = Outline.box(0, 0, length, thickness)
                .placed(uniform(random, 0, SIDE), uniform(random, 0, SIDE), 1, 1, uniform(random, 0, StrictMath.PI));
        fill(outline, colour, colour, (x, y) -> 0, uniform(random, 0.3, 0.8));
    }

    private void fill(Outline outline, double[] colour, double[] other, Texture texture, double opacity) {
        for (int y = 0, at = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++, at++) {
                double coverage = Math.min(1, 0.5 - outline.distance(x + 0.5, y + 0.5)) * opacity;
                if (coverage > 0) {
                    double mix = texture.at(x + 0.5, y + 0.5);
                    for (int c = 0; c < CHANNELS; c++) {
                        double paint = colour[c] + mix * (other[c] - colour[c]);
                        canvas[c][at] += coverage * (paint - canvas[c][at]);
                    }
                }
            }
        }
    }

    private void store(double noise, byte[] pixels, int offset) {
        for (double[] plane : canvas) {
            for (double value : plane) {
                double noisy = value + noise * (uniform(random, -1, 1) + uniform(random, -1, 1));
                pixels[offset++] = (byte) Math.min(255, Math.max(0, (int) (noisy * 255 + 0.5)));
            }
        }
    }

    /** A random colour: any hue, not too grey, not too dark. */
    private double[] colour() {
        double hue = uniform(random, 0, 6);
        double saturation = uniform(random, 0.2, 0.85);
        double value = uniform(random, 0.2, 1);
        double[] colour = new double[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            double turn = (hue + 6 - 2 * c) % 6;
            double share = Math.min(1, Math.max(0, Math.abs(turn - 3) - 1));
            colour[c] = value * (1 - saturation * (1 - share));
        }
        return colour;
    }

    private double[] contrasting(double[] background) {
        double[] colour;
        do {
            colour = colour();
        } while (Math.abs(luminance(colour) - luminance(background)) < MIN_CONTRAST);
        return colour;
    }

    private double[] shade(double[] colour, double strength) {
        double[] shade = colour();
        for (int c = 0; c < CHANNELS; c++) {
            shade[c] = colour[c] + strength * (shade[c] - colour[c]);
        }
        return shade;
    }

    private static double luminance(double[] colour) {
        double sum = 0;
        for (int c = 0; c < CHANNELS; c++) {
            sum += LUMINANCE[c] * colour[c];
        }
        return sum;
    }
}
