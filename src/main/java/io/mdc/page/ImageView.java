package io.mdc.page;

import io.mdc.evaluate.CondensedSet;
import io.mdc.report.ImageSheet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Condensed images as one picture, a row per class.
 *
 * @param description for those who do not see it
 * @param width in pixels
 * @param height in pixels
 * @param png the file in Base64
 */
public record ImageView(String description, int width, int height, String png) {
    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is not positive, or there is no file
     */
    public ImageView {
        Objects.requireNonNull(description);
        if (Math.min(width, height) < 1 || png.isEmpty()) {
            throw new IllegalArgumentException("no picture: " + width + "x" + height);
        }
    }

    /** The picture of a set; {@code when} ends what is said of it. */
    static ImageView of(CondensedSet set, String when) throws IOException {
        BufferedImage drawn = new ImageSheet(set.classes(), set.ipc(), set.channels(), set.height(), set.width(), 1)
                .draw((row, column, channel, y, x) -> set.pixel(row * set.ipc() + column, channel, y, x));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", file);
        return new ImageView(
                set.classes() + " rows of classes, " + set.ipc() + " condensed images each, the first left"
                        + (set.factor() == 1 ? "" : "; " + set.factor() * set.factor() + " training images in each")
                        + when,
                drawn.getWidth(),
                drawn.getHeight(),
                Base64.getEncoder().encodeToString(file.toByteArray()));
    }

    /** The picture as an address that holds it. */
    public String address() {
        return "data:image/png;base64," + png;
    }
}
