package io.mdc.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A one-dimensional array of texts in NumPy's {@code .npy} format, type {@code <U}: code points of 32 bits, every text
 * padded with 0 to the length of the longest.
 *
 * @param texts copied
 */
public record NumpyStrings(List<String> texts) {
    /** Copies the texts. */
    public NumpyStrings {
        texts = List.copyOf(texts);
    }

    /** Writes the array; the stream stays open. */
    void write(OutputStream out) throws IOException {
        int longest = texts.stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .max()
                .orElse(0);
        NumpyArray.writeHeader(out, "<U" + Math.max(1, longest), texts.size());
        for (String text : texts) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(Integer.BYTES * Math.max(1, longest)).order(ByteOrder.LITTLE_ENDIAN);
            text.codePoints().forEach(bytes::putInt);
            out.write(bytes.array());
        }
    }
}
