package io.mdc.dataset;

import io.mdc.base.Pixels;
import io.mdc.numpy.NumpyArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Reads an array of square images: bytes, or other numbers that stand for bytes or for [0, 1]; {@code [n, C, H, W]},
 * {@code [n, H, W, C]} or, grey, {@code [n, H, W]}.
 *
 * @param pixels the images {@code [C, H, W]}
 * @param count how many there are, at least 1
 * @param channels C, at least 1
 * @param side H and W, at least 1
 * @param unit whether the array's values are from 0 to 1, rather than to 255
 */
record ArrayImages(Pixels pixels, int count, int channels, int side, boolean unit) {
    private static final String NEEDED = "needed are uint8 [n, C, H, W]";
    private static final int MOST = 255;

    /**
     * The images of an array, which is not copied if it is of bytes.
     *
     * @param notes is told how the array was taken if it was not uint8 {@code [n, C, H, W]}
     * @throws UnsuitableArrayException saying what the array holds and what converts it, if it cannot be told how it is
     *     meant
     */
    static ArrayImages read(NumpyArray array, List<String> notes) throws UnsuitableArrayException {
        int[] shape = array.shape();
        String is = "images are " + array.type().title() + " " + Arrays.toString(shape);
        if (Arrays.stream(shape).anyMatch(n -> n == 0)) {
            throw new UnsuitableArrayException(is + ", which are none");
        } else if (shape.length == 2) {
            throw new UnsuitableArrayException(
                    is + ", " + NEEDED + "; convert them with images = images.reshape(-1, C, H, W)");
        } else if (shape.length != 3 && shape.length != 4) {
            throw new UnsuitableArrayException(is + ", " + NEEDED);
        }
        boolean grey = shape.length == 3;
        boolean channelsLast = !grey && shape[2] != shape[3] && shape[1] == shape[2];
        int side = grey || channelsLast ? shape[1] : shape[2];
        int width = grey || channelsLast ? shape[2] : shape[3];
        if (side != width) {
            throw new UnsuitableArrayException(
                    "images are " + side + "x" + width + ", needed are square ones: " + is.substring(11));
        }
        int channels = grey ? 1 : channelsLast ? shape[3] : shape[1];
        boolean unit = isUnit(array);
        ByteBuffer bytes = array.type() == NumpyArray.Type.UINT8 ? array.bytes() : bytes(array, unit, is);
        if (grey || channelsLast || array.type() != NumpyArray.Type.UINT8) {
            notes.add("images as " + array.type().title() + " from 0 to " + (unit ? 1 : MOST) + ", "
                    + (grey ? "[n, H, W]" : channelsLast ? "[n, H, W, C]" : "[n, C, H, W]"));
        }
        int imageBytes = channels * side * side;
        Pixels pixels = channelsLast && channels > 1
                ? new ChannelsLast(bytes, channels, side * side)
                : (image, target) -> bytes.get(image * imageBytes, target, 0, imageBytes);
        return new ArrayImages(pixels, shape[0], channels, side, unit);
    }

    /** Whether these are truth values, or numbers with fractions none of which is beyond 0 and 1. */
    private static boolean isUnit(NumpyArray array) {
        boolean unit = array.type() == NumpyArray.Type.BOOL || array.type().isFloating();
        for (int i = 0; i < array.length() && unit; i++) {
            double value = array.value(i);
            unit = value >= 0 && value <= 1;
        }
        return unit;
    }

    private static ByteBuffer bytes(NumpyArray array, boolean unit, String is) throws UnsuitableArrayException {
        byte[] bytes = new byte[array.length()];
        for (int i = 0; i < bytes.length; i++) {
            double value = unit ? Math.rint(MOST * array.value(i)) : array.value(i);
            if (!(value >= 0 && value <= MOST && value == Math.rint(value))) {
                throw new UnsuitableArrayException(is + " with a value of " + value + ", " + NEEDED
                        + "; convert them with images = ((images - low) / (high - low) * 255).round().clip(0, 255)"
                        + ".astype('uint8'), low and high being images.min() and images.max() of the training images:"
                        + " the same numbers for both files");
            }
            bytes[i] = (byte) (int) value;
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Images whose channels alternate. */
    private record ChannelsLast(ByteBuffer bytes, int channels, int plane) implements Pixels {
        @Override
        public void copy(int image, byte[] target) {
            int from = image * channels * plane;
            for (int i = 0; i < plane; i++) {
                for (int c = 0; c < channels; c++) {
                    target[c * plane + i] = bytes.get(from++);
                }
            }
        }
    }
}
