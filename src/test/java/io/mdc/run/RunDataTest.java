package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mdc.report.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDataTest {
    @TempDir
    private Path folder;

    private void photos() throws IOException {
        for (int i = 0; i < 12; i++) {
            Path file = folder.resolve((i % 2 == 0 ? "train/" : "val/") + (i % 3 == 0 ? "cat/" : "dog/") + i + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 8, 4, 0xFFFFFF);
            ImageIO.write(image, "png", file.toFile());
        }
    }

    @Test
    void noThreadTellsOfADecodedImageBeforeThePhaseHasBegun() throws IOException {
        photos();
        AtomicBoolean begun = new AtomicBoolean();
        AtomicInteger early = new AtomicInteger();
        AtomicInteger updates = new AtomicInteger();
        CountDownLatch other = new CountDownLatch(1);
        Progress slow = new Progress() {
            @Override
            public void begin(String phase, long total, long done) {
                try {
                    // Until another thread tells of an image, if one can.
                    assertFalse(other.await(300, TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                    throw new UncheckedIOException(new IOException(e));
                }
                begun.set(true);
            }

            @Override
            public void update(long done, String status) {
                updates.incrementAndGet();
                if (!begun.get()) {
                    early.incrementAndGet();
                    other.countDown();
                }
            }

            @Override
            public void shorten(long total) {}

            @Override
            public void milestone(String line) {}

            @Override
            public void close() {}
        };
        RunData.load(
                TinySettings.with("dataset", "folder", "data-dir", folder.toString(), "size", "8", "threads", "4"),
                slow);
        assertEquals(0, early.get());
        assertEquals(12, updates.get());
    }
}
