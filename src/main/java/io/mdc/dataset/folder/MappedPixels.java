package io.mdc.dataset.folder;

import io.mdc.base.Pixels;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Images in a file that is mapped into memory in pieces, so that they take no room on the Java heap. */
final class MappedPixels implements Pixels {
    private static final int PIECE = 1 << 30;

    private final List<MappedByteBuffer> pieces = new ArrayList<>();
    private final int imageBytes;
    private final int imagesPerPiece;

    /** Maps {@code images} images of {@code imageBytes} bytes of a file. */
    MappedPixels(Path file, int images, int imageBytes) throws IOException {
        this.imageBytes = imageBytes;
        imagesPerPiece = Math.max(1, PIECE / imageBytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int first = 0; first < images; first += imagesPerPiece) {
                long bytes = (long) Math.min(imagesPerPiece, images - first) * imageBytes;
                pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, (long) first * imageBytes, bytes));
            }
        }
    }

    @Override
    public void copy(int image, byte[] target) {
        pieces.get(image / imagesPerPiece).get(image % imagesPerPiece * imageBytes, target, 0, imageBytes);
    }
}
