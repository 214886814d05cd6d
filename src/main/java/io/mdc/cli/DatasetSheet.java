package io.mdc.cli;

import io.mdc.data.ImageSet;
import io.mdc.report.ImageSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A contact sheet of a split: a row per class, its first images; of many classes some, evenly spread.
 *
 * @param images what is drawn from
 * @param labels the class of each row
 * @param columns images of a class
 */
record DatasetSheet(ImageSet images, List<Integer> labels, int columns) {
    private static final int ROWS = 20;
    private static final int COLUMNS = 10;
    /** Largest height and width aimed at, in pixels. */
    private static final int SIDE = 2400;

    private static final int SMALL = 64;

    /** Copies the list. */
    DatasetSheet {
        labels = List.copyOf(labels);
    }

    /** The sheet of a split. */
    static DatasetSheet of(ImageSet images) {
        int classes = images.classes();
        int rows = Math.min(classes, fitting(ROWS, images.height()));
        List<Integer> labels = IntStream.range(0, rows)
                .mapToObj(row -> (int) ((long) row * classes / rows))
                .toList();
        return new DatasetSheet(images, labels, fitting(COLUMNS, images.width()));
    }

    private static int fitting(int wanted, int side) {
        return Math.max(1, Math.min(wanted, SIDE / side));
    }

    void write(Path file) throws IOException {
        int height = images.height();
        int width = images.width();
        int channels = images.channels();
        int zoom = Math.max(1, SMALL / Math.max(height, width));
        byte[][][] pixels = labels.stream().map(this::firstOfClass).toArray(byte[][][]::new);
        // Classes may have fewer images than there are columns: the rest of their row stays white.
        new ImageSheet(labels.size(), columns, channels, height, width, zoom)
                .writePng(
                        (row, column, channel, y, x) -> column < pixels[row].length
                                ? (pixels[row][column][(channel * height + y) * width + x] & 255) / 255f
                                : 1f,
                        file);
    }

    /** The first images of a class, each {@code [C, H, W]}. */
    private byte[][] firstOfClass(int label) {
        return IntStream.of(images.indicesOfClass(label))
                .limit(columns)
                .mapToObj(images::image)
                .toArray(byte[][]::new);
    }

    /** Says what is in the rows. */
    String describe() {
        int drawn = ImageSheet.drawn(images.channels());
        return "the first " + columns + " training images of "
                + (labels.size() == images.classes()
                        ? "each class, a row per class in the order of the labels"
                        : labels.size() + " of the " + images.classes() + " classes, evenly spread")
                + (drawn == images.channels() ? "" : "; of " + images.channels() + " channels the first " + drawn);
    }
}
