package io.mdc.dataset.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.color.ColorSpace;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads images with whichever plugin knows their first bytes.
 *
 * <p>Most plugins fail where a file ends too early. JPEG's fills up with grey and warns, WebP's with black and does
 * not.
 */
final class Decoder {
    private static final long MOST_PIXELS = 200_000_000;
    /** More than images come to by compression; without this, one damaged byte might ask for all memory. */
    private static final long MOST_PIXELS_OF_A_BYTE = 10_000;

    private static final long ANY_PIXELS = 1 << 24;

    /** Of libjpeg's warnings those that are about image data; others are about superfluous bytes and odd metadata. */
    private static final Pattern MISSING_DATA =
            Pattern.compile("(?i)truncated file|premature end|bad huffman code|found marker .* instead of");

    private static final int RIFF = 0x46464952;

    private Decoder() {}

    static Picture decode(byte[] file, Picture.Permission permission) throws IOException {
        requireWholeRiff(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        ImageInputStream in = new ByteArrayImageInputStream(file);
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw new IOException("its content is of none of the formats " + String.join(", ", Picture.ENDINGS));
        }
        ImageReader reader = readers.next();
        AtomicReference<String> missing = new AtomicReference<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (tellsOfMissingData(warning)) {
                missing.compareAndSet(null, warning);
            }
        });
        try {
            reader.setInput(in, true, true);
            Picture picture = decode(reader, file, permission);
            if (missing.get() == null) {
                return picture;
            }
        } catch (IOException | RuntimeException e) {
            if (missing.get() == null) {
                throw e instanceof IOException failure && e.getMessage() != null
                        ? failure
                        : new IOException(e instanceof EOFException ? "cut off" : "damaged: " + e.getMessage(), e);
            }
        } finally {
            reader.dispose();
        }
        throw new IOException("cut off or damaged: " + missing.get());
    }

    /** WebP is a RIFF file, which says at its beginning how long it is. */
    private static void requireWholeRiff(ByteBuffer file) throws IOException {
        if (file.remaining() < 8 || file.getInt(0) != RIFF) {
            return;
        }
        long size = 8 + Integer.toUnsignedLong(file.getInt(4));
        if (file.remaining() < size) {
            throw new IOException("cut off: " + file.remaining() + " of " + size + " bytes");
        }
    }

    private static Picture decode(ImageReader reader, byte[] file, Picture.Permission permission) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > Math.min(MOST_PIXELS, ANY_PIXELS + MOST_PIXELS_OF_A_BYTE * file.length)) {
            throw new IOException("too many pixels, " + width + "x" + height);
        }
        permission.await(width, height);
        return isInkInJpeg(reader) ? Ink.ofJpeg(file).picture(reader.readRaster(0, null)) : Samples.of(reader.read(0));
    }

    static boolean tellsOfMissingData(String warning) {
        return MISSING_DATA.matcher(warning).find();
    }

    /** Whether JPEG's plugin would turn CMYK into red, green and blue by a colour profile. */
    private static boolean isInkInJpeg(ImageReader reader) throws IOException {
        ImageTypeSpecifier raw = reader.getRawImageType(0);
        return raw != null
                && raw.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK
                && reader.getFormatName().equalsIgnoreCase("jpeg");
    }
}
