package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.ImageSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetSheetTest {
    @TempDir
    private Path folder;

    /** One image per class, all of whose bytes are the label. */
    private static ImageSet images(int classes, int channels, int side) {
        int bytes = channels * side * side;
        byte[] pixels = new byte[classes * bytes];
        IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) (i / bytes));
        return new ImageSet(pixels, IntStream.range(0, classes).toArray(), classes, channels, side, side);
    }

    @Test
    void ofManyClassesSomeAreDrawnEvenlySpread() throws IOException {
        DatasetSheet sheet = DatasetSheet.of(images(100, 1, 32));
        assertEquals(IntStream.range(0, 20).mapToObj(row -> 5 * row).toList(), sheet.labels());
        assertTrue(sheet.describe().contains("20 of the 100 classes"), sheet.describe());
        Path file = folder.resolve("sheet.png");
        sheet.write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        for (int row = 0; row < 20; row++) {
            assertEquals(0x010101 * 5 * row, image.getRGB(10, 2 + 66 * row + 10) & 0xFFFFFF);
            assertEquals(0xFFFFFF, image.getRGB(76, 2 + 66 * row + 10) & 0xFFFFFF, "there is only one image");
        }
    }

    @Test
    void largeImagesMakeFewerRowsAndColumns() {
        DatasetSheet sheet = DatasetSheet.of(images(4, 3, 1024));
        assertEquals(List.of(0, 2), sheet.labels());
        assertEquals(2, sheet.columns());
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0x000000", "13, 3, 0x010101"})
    void ofOtherNumbersOfChannelsTheFirstAreDrawn(int channels, int drawn, int colour) throws IOException {
        DatasetSheet sheet = DatasetSheet.of(images(2, channels, 64));
        assertTrue(sheet.describe().endsWith("; of " + channels + " channels the first " + drawn), sheet.describe());
        Path file = folder.resolve("sheet.png");
        sheet.write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(colour, image.getRGB(10, 10 + (drawn == 3 ? 66 : 0)) & 0xFFFFFF);
    }
}
