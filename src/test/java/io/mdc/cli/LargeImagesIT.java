package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images that do not all fit into the heap of 1 GB at once, on a machine as of eight cores. */
class LargeImagesIT {
    @TempDir
    private Path folder;

    private Path write(String name, int type, int width, int height) throws IOException {
        Path file = folder.resolve("photos").resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D half = image.createGraphics();
        half.fillRect(0, 0, width / 2, height);
        half.dispose();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private Cli verify(String... more) throws IOException, InterruptedException {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "data",
                                "verify",
                                "--dataset=folder",
                                "--size=8",
                                "--data-dir=" + folder.resolve("photos")),
                        Stream.of(more))
                .toList();
        Map<String, String> environment = Map.of(
                "JAVA_TOOL_OPTIONS",
                "-XX:ActiveProcessorCount=8",
                "MDC_DATA_DIR",
                folder.resolve("cache").toString());
        try (JavaProcess process = JavaProcess.start(folder, environment, arguments)) {
            assertTrue(process.ends(300_000));
            return process.result();
        }
    }

    /** At 12 million pixels each. */
    @Test
    void photosAreDecodedInTheMemoryThereIs() throws IOException, InterruptedException {
        Path first = write("train/a/0.jpg", BufferedImage.TYPE_3BYTE_BGR, 4000, 3000);
        for (int i = 1; i < 12; i++) {
            Files.copy(first, first.resolveSibling(i + ".jpg"));
        }
        write("val/a/0.jpg", BufferedImage.TYPE_3BYTE_BGR, 40, 30);
        Cli result = verify();
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(result.out().startsWith("folder: 12 training and 1 test images of 3x8x8"), result.out());
    }

    @Test
    void anImageThatIsTooLargeForTheHeapIsNamedAndCanBeLeftOut() throws IOException, InterruptedException {
        Path huge = write("train/a/huge.png", BufferedImage.TYPE_BYTE_BINARY, 13_800, 13_800);
        write("train/a/0.png", BufferedImage.TYPE_3BYTE_BGR, 40, 30);
        write("val/a/0.png", BufferedImage.TYPE_3BYTE_BGR, 40, 30);
        Cli refused = verify();
        assertEquals(ExitCode.DATA, refused.code(), refused.err());
        assertTrue(
                refused.err()
                        .contains(
                                "mdc: " + huge + ": cannot be read as an image (decoding its 13800x13800 pixels takes"),
                refused.err());
        Cli result = verify("--skip-bad-images");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(result.out().endsWith("left out 1 bad image\n"), result.out());
    }
}
