package io.mdc.tensor;

import java.util.function.Consumer;

/**
 * An affine map from the pixels of one plane to those of another, every output pixel being a weighted sum of at most
 * four input pixels plus a constant: {@code out[p] = offset[p] + Σ_k weight[p, k] · in[index[p, k]]}.
 *
 * <p>Enlarging, shrinking, shifting, flipping, scaling and rotating are all of this kind, and the adjoint of each is
 * the transposed table. Immutable.
 */
public final class Warp {
    private final int inputHeight;
    private final int inputWidth;
    private final int outputHeight;
    private final int outputWidth;
    private final int taps;
    private final Kind kind;
    private final double[] numbers;
    private final Consumer<Builder> taking;
    private volatile Table table;

    /** As {@link #index}, {@link #weight}, {@link #floatWeight} and {@link #offset}. */
    private record Table(int[] index, double[] weight, float[] floatWeight, double[] offset) {}

    /** What makes a map of some numbers, for backends that do without tables; see the factories. */
    public enum Kind {
        /** By rows and columns. */
        SHIFT(1),
        /** Of no numbers. */
        FLIP(1),
        /** a, b, c, d. */
        LINEAR(4),
        /** Of a tile: top, left, height, width; and the padding behind the plane. */
        ENLARGE(4),
        /** Into a rectangle: top, bottom, left, right. */
        SHRINK(1);

        private final int taps;

        Kind(int taps) {
            this.taps = taps;
        }
    }

    private Warp(
            int inputHeight,
            int inputWidth,
            int outputHeight,
            int outputWidth,
            Kind kind,
            double[] numbers,
            Consumer<Builder> taking) {
        this.inputHeight = inputHeight;
        this.inputWidth = inputWidth;
        this.outputHeight = outputHeight;
        this.outputWidth = outputWidth;
        taps = kind.taps;
        this.kind = kind;
        this.numbers = numbers;
        this.taking = taking;
    }

    /** Made when it is first asked for: by who applies the map, which may be many threads, and not by who draws it. */
    private Table table() {
        Table made = table;
        if (made == null) {
            synchronized (this) {
                made = table;
                if (made == null) {
                    Builder builder = new Builder(this);
                    taking.accept(builder);
                    made = builder.build();
                    table = made;
                }
            }
        }
        return made;
    }

    /** {@code out[r, c] = in[r + rows, c + columns]}, 0 outside. */
    public static Warp shift(int height, int width, int rows, int columns) {
        return new Warp(height, width, height, width, Kind.SHIFT, new double[] {rows, columns}, builder -> {
            for (int r = 0; r < height; r++) {
                for (int c = 0; c < width; c++) {
                    builder.tap(r, c, 0, r + rows, c + columns, 1);
                }
            }
        });
    }

    /** {@code out[r, c] = in[r, width − 1 − c]}. */
    public static Warp flip(int height, int width) {
        return new Warp(height, width, height, width, Kind.FLIP, new double[0], builder -> {
            for (int r = 0; r < height; r++) {
                for (int c = 0; c < width; c++) {
                    builder.tap(r, c, 0, r, width - 1 - c, 1);
                }
            }
        });
    }

    /** The map that changes nothing. */
    public static Warp identity(int height, int width) {
        return shift(height, width, 0, 0);
    }

    /**
     * Bilinear sampling at linearly transformed positions, 0 outside: output pixel (x, y) takes the input at {@code (a
     * x + b y, c x + d y)}, coordinates running from −1 to 1 over the outer edges of the plane.
     */
    public static Warp linear(int height, int width, double a, double b, double c, double d) {
        return new Warp(height, width, height, width, Kind.LINEAR, new double[] {a, b, c, d}, builder -> {
            for (int row = 0; row < height; row++) {
                double y = (2.0 * row + 1) / height - 1;
                for (int column = 0; column < width; column++) {
                    double x = (2.0 * column + 1) / width - 1;
                    double sourceColumn = ((a * x + b * y + 1) * width - 1) / 2;
                    double sourceRow = ((c * x + d * y + 1) * height - 1) / 2;
                    builder.bilinear(row, column, sourceRow, sourceColumn);
                }
            }
        });
    }

    /**
     * Cuts the square tile whose top left corner is (top, left) out of a plane that continues with {@code padding} to
     * the right and below, and enlarges it bilinearly to {@code outputHeight × outputWidth} (corners not aligned: pixel
     * centres lie half a pixel from the edges, positions before the first centre take its value).
     */
    public static Warp enlargeTile(
            int inputHeight,
            int inputWidth,
            int top,
            int left,
            int tileHeight,
            int tileWidth,
            double padding,
            int outputHeight,
            int outputWidth) {
        double[] numbers = {top, left, tileHeight, tileWidth, padding};
        return new Warp(inputHeight, inputWidth, outputHeight, outputWidth, Kind.ENLARGE, numbers, builder -> {
            builder.padding = padding;
            for (int r = 0; r < outputHeight; r++) {
                double y = Math.max(0, (r + 0.5) * tileHeight / outputHeight - 0.5);
                int y0 = Math.min((int) y, tileHeight - 1);
                int y1 = Math.min(y0 + 1, tileHeight - 1);
                double fy = y - y0;
                for (int c = 0; c < outputWidth; c++) {
                    double x = Math.max(0, (c + 0.5) * tileWidth / outputWidth - 0.5);
                    int x0 = Math.min((int) x, tileWidth - 1);
                    int x1 = Math.min(x0 + 1, tileWidth - 1);
                    double fx = x - x0;
                    builder.tap(r, c, 0, top + y0, left + x0, (1 - fy) * (1 - fx));
                    builder.tap(r, c, 1, top + y0, left + x1, (1 - fy) * fx);
                    builder.tap(r, c, 2, top + y1, left + x0, fy * (1 - fx));
                    builder.tap(r, c, 3, top + y1, left + x1, fy * fx);
                }
            }
        });
    }

    /**
     * Shrinks a whole plane by nearest neighbour ({@code source = ⌊position · input / target⌋}) into the rectangle
     * {@code target} of a plane of the same size, 0 elsewhere.
     */
    public static Warp shrinkInto(int height, int width, Rectangle target) {
        double[] numbers = {target.top(), target.bottom(), target.left(), target.right()};
        return new Warp(height, width, height, width, Kind.SHRINK, numbers, builder -> {
            int tileHeight = target.bottom() - target.top();
            int tileWidth = target.right() - target.left();
            for (int r = 0; r < tileHeight; r++) {
                for (int c = 0; c < tileWidth; c++) {
                    builder.tap(
                            target.top() + r, target.left() + c, 0, r * height / tileHeight, c * width / tileWidth, 1);
                }
            }
        });
    }

    /** Rows of the planes this map reads. */
    public int inputHeight() {
        return inputHeight;
    }

    /** Columns of the planes this map reads. */
    public int inputWidth() {
        return inputWidth;
    }

    /** Rows of the planes this map writes. */
    public int outputHeight() {
        return outputHeight;
    }

    /** Columns of the planes this map writes. */
    public int outputWidth() {
        return outputWidth;
    }

    /** What makes it of {@link #numbers}. */
    public Kind kind() {
        return kind;
    }

    /** What it is made of, by its kind; a copy. */
    public double[] numbers() {
        return numbers.clone();
    }

    /** The most input pixels that an output pixel is made of: 1 or 4. */
    public int taps() {
        return taps;
    }

    /** Input pixel of tap k of output pixel p at {@code p · taps + k}; weight 0 where there is none. Read only. */
    public int[] index() {
        return table().index();
    }

    /** Weight of every tap, as in {@link #index}. Read only. */
    public double[] weight() {
        return table().weight();
    }

    /** {@link #weight}, rounded. Read only. */
    public float[] floatWeight() {
        return table().floatWeight();
    }

    /** The constant of every output pixel, or null if all are 0. Read only. */
    public double[] offset() {
        return table().offset();
    }

    private static final class Builder {
        private final int inputHeight;
        private final int inputWidth;
        private final int outputWidth;
        private final int outputs;
        private final int taps;
        private final int[] index;
        private final double[] weight;
        private double[] offset;
        private double padding;

        Builder(Warp warp) {
            inputHeight = warp.inputHeight;
            inputWidth = warp.inputWidth;
            outputWidth = warp.outputWidth;
            outputs = warp.outputHeight * warp.outputWidth;
            taps = warp.taps;
            index = new int[outputs * taps];
            weight = new double[index.length];
        }

        void tap(int outputRow, int outputColumn, int k, int row, int column, double w) {
            int pixel = outputRow * outputWidth + outputColumn;
            if (row >= 0 && row < inputHeight && column >= 0 && column < inputWidth) {
                index[pixel * taps + k] = row * inputWidth + column;
                weight[pixel * taps + k] = w;
            } else if (padding != 0) {
                if (offset == null) {
                    offset = new double[outputs];
                }
                offset[pixel] += w * padding;
            }
        }

        void bilinear(int outputRow, int outputColumn, double row, double column) {
            int r0 = (int) Math.floor(row);
            int c0 = (int) Math.floor(column);
            double fr = row - r0;
            double fc = column - c0;
            tap(outputRow, outputColumn, 0, r0, c0, (1 - fr) * (1 - fc));
            tap(outputRow, outputColumn, 1, r0, c0 + 1, (1 - fr) * fc);
            tap(outputRow, outputColumn, 2, r0 + 1, c0, fr * (1 - fc));
            tap(outputRow, outputColumn, 3, r0 + 1, c0 + 1, fr * fc);
        }

        Table build() {
            float[] rounded = new float[weight.length];
            for (int i = 0; i < weight.length; i++) {
                rounded[i] = (float) weight[i];
            }
            return new Table(index, weight, rounded, offset);
        }
    }
}
