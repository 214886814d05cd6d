package io.mdc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSheetTest {
    /** Red tells the row, green the column, blue the place in the image. */
    private static final PixelSource MARKED =
            (row, column, channel, y, x) -> (channel == 0 ? 10 * row : channel == 1 ? 10 * column : 16 * y + x) / 255f;

    @TempDir
    private Path folder;

    @Test
    void rowsAreClassesAndFirstImagesAreLeft() throws IOException {
        Path file = folder.resolve("sheet.png");
        new ImageSheet(3, 4, 3, 5, 6, 1).writePng(MARKED, file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(2 + 4 * (6 + 2), image.getWidth());
        assertEquals(2 + 3 * (5 + 2), image.getHeight());
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                int rgb = image.getRGB(2 + column * 8 + 5, 2 + row * 7 + 4) & 0xFFFFFF;
                assertEquals(((10 * row) << 16) + ((10 * column) << 8) + 16 * 4 + 5, rgb);
            }
        }
    }

    @Test
    void gapsAreWhiteOnEverySide() {
        BufferedImage image = new ImageSheet(2, 2, 3, 5, 5, 1).draw((row, column, channel, y, x) -> 0f);
        int dark = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean gap = y % 7 < 2 || x % 7 < 2;
                assertEquals(gap ? 0xFFFFFF : 0, image.getRGB(x, y) & 0xFFFFFF, x + "," + y);
                dark += gap ? 0 : 1;
            }
        }
        assertEquals(4 * 25, dark);
    }

    @Test
    void zoomRepeatsPixels() {
        BufferedImage image = new ImageSheet(1, 1, 3, 2, 2, 2).draw(MARKED);
        assertEquals(8, image.getWidth());
        int[] blues = new int[4];
        for (int x = 0; x < 4; x++) {
            blues[x] = image.getRGB(2 + x, 5) & 0xFF;
        }
        assertEquals("16,16,17,17", blues[0] + "," + blues[1] + "," + blues[2] + "," + blues[3]);
    }

    @Test
    void greyImagesAreDrawnGreyAndValuesAreClamped() {
        BufferedImage image = new ImageSheet(1, 3, 1, 1, 1, 1)
                .draw((row, column, channel, y, x) -> new float[] {-1f, 0.5f, 2f}[column]);
        assertEquals(0x000000, image.getRGB(2, 2) & 0xFFFFFF);
        assertEquals(0x808080, image.getRGB(5, 2) & 0xFFFFFF);
        assertEquals(0xFFFFFF, image.getRGB(8, 2) & 0xFFFFFF);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 3", "4, 3", "12, 3"})
    void ofManyChannelsTheFirstThreeAreDrawnAndOfFewTheFirst(int channels, int drawn) throws Exception {
        assertEquals(drawn, ImageSheet.drawn(channels));
        Path file = folder.resolve("sheet.png");
        new ImageSheet(1, 1, channels, 1, 1, 1).writePng((row, column, channel, y, x) -> channel / 4f, file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(drawn == 1 ? 0xff000000 : 0xff004080, image.getRGB(2, 2));
    }

    @Test
    void sizesArePositive() {
        assertThrows(IllegalArgumentException.class, () -> new ImageSheet(0, 1, 3, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ImageSheet(1, 1, 0, 1, 1, 1));
    }
}
