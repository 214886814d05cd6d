package io.mdc.export;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Grey or RGB pictures of 8 bits without a filter on their rows, so that a reader needs zlib alone.
 *
 * <p>Source of the format: Portable Network Graphics, W3C Recommendation.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int GREY = 0;
    private static final int RGB = 2;

    private Png() {}

    static boolean takes(int channels) {
        return channels == 1 || channels == 3;
    }

    /** Writes the picture {@code [C, H, W]}. */
    static void write(Path file, byte[] pixels, int channels, int height, int width) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {8, (byte) (channels == 1 ? GREY : RGB), 0, 0, 0});
        try (OutputStream out = Files.newOutputStream(file)) {
            DataOutputStream data = new DataOutputStream(out);
            data.write(SIGNATURE);
            chunk(data, "IHDR", header.array());
            chunk(data, "IDAT", packed(pixels, channels, height, width));
            chunk(data, "IEND", new byte[0]);
        }
    }

    private static byte[] packed(byte[] pixels, int channels, int height, int width) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream rows = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[1 + width * channels];
            for (int y = 0; y < height; y++) {
                for (int i = 0; i < width * channels; i++) {
                    row[1 + i] = pixels[(i % channels * height + y) * width + i / channels];
                }
                rows.write(row);
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] body) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(body);
        out.writeInt(body.length);
        out.write(name);
        out.write(body);
        out.writeInt((int) checksum.getValue());
    }
}
