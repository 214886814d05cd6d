package io.mdc.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.report.ImageSheet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureFilesTest {
    @TempDir
    private Path folder;

    private static Stream<Picture> pictures(Theme theme) {
        double[] x = {1, 2, 3};
        Line line = new Line("one", x, new double[] {10, 20, 15}, new double[] {1, 1, 2}, 0, false);
        Line dashed = new Line("two", x, new double[] {12, 18, 25}, null, 0, true);
        Grid.Square filled = new Grid.Square("3", Grid.State.FILLED, 0.5);
        Grid.Square hatched = new Grid.Square("", Grid.State.HATCHED, 1);
        return Stream.of(
                new LineChart("a title", "x", "y", List.of(line, dashed), theme),
                new Grid(
                        "a title",
                        "x",
                        "y",
                        List.of("1", "2"),
                        List.of("cat"),
                        List.of(List.of(filled, hatched)),
                        List.of(new Grid.Key(Grid.State.HATCHED, "frozen")),
                        theme),
                new ImagePanels(
                        List.of(new ImagePanels.Panel(
                                "a title",
                                new ImageSheet(1, 2, 3, 4, 4, 2),
                                (row, column, channel, py, px) -> column,
                                0,
                                1)),
                        List.of("cat"),
                        theme));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyPictureIsWrittenTwiceAsLargeAndAsShapes(Theme theme) throws IOException {
        for (Picture picture : pictures(theme).toList()) {
            List<Path> files = PictureFiles.write(picture, folder.resolve("new"), "picture");
            BufferedImage pixels = ImageIO.read(files.get(0).toFile());
            assertEquals(2 * picture.width(), pixels.getWidth());
            assertEquals(2 * picture.height(), pixels.getHeight());
            assertEquals(theme.background().getRGB(), pixels.getRGB(0, 0));
            int[] all = pixels.getRGB(0, 0, pixels.getWidth(), pixels.getHeight(), null, 0, pixels.getWidth());
            assertTrue(Arrays.stream(all).distinct().count() > 5, "something is painted");
            String shapes = Files.readString(files.get(1));
            assertTrue(shapes.contains("width=\"" + picture.width() + "px\""), shapes.substring(0, 400));
            assertTrue(picture instanceof LineChart || shapes.contains("a title"), "texts are texts, but XChart's");
        }
    }

    @Test
    void coloursOfThingsDifferAndRepeat() {
        for (Theme theme : Theme.values()) {
            assertEquals(
                    8, IntStream.range(0, 8).mapToObj(theme::series).distinct().count());
            assertEquals(theme.series(0), theme.series(8));
        }
    }

    @Test
    void linesAndGridsOfUnequalLengthsAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new Line("one", new double[2], new double[3], null, 0, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Grid("", "", "", List.of("1"), List.of("1"), List.of(List.of()), List.of(), Theme.LIGHT));
    }
}
