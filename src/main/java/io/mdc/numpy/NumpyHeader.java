package io.mdc.numpy;

import io.mdc.base.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the elements of an array lie in a file or pickle; its shape becomes that of the array, which copies it.
 *
 * @param type the element type
 * @param bigEndian whether elements begin with their highest byte
 * @param columnMajor whether the first index moves fastest
 * @param shape the extent of every dimension
 */
record NumpyHeader(NumpyArray.Type type, boolean bigEndian, boolean columnMajor, int[] shape) {
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
    private static final int MOST_DIMENSIONS = 64;
    private static final int LONGEST_EXCERPT = 200;

    /** Reads the dictionary at the head of a {@code .npy} file. */
    static NumpyHeader parse(String text) throws IOException {
        Matcher type = TYPE.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !order.find() || !shape.find()) {
            throw new IOException("unreadable .npy header: " + excerpt(text));
        }
        try {
            int[] extents = Arrays.stream(shape.group(1).split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return of(type.group(1), order.group(1).equals("True"), extents);
        } catch (NumberFormatException e) {
            throw new IOException("unreadable shape in .npy header: " + excerpt(text), e);
        }
    }

    private static String excerpt(String text) {
        String line = OneLine.of(text.strip());
        return line.length() > LONGEST_EXCERPT ? line.substring(0, LONGEST_EXCERPT) + "…" : line;
    }

    /** What NumPy calls an element type, byte order first, as in {@code <i8}. */
    static NumpyHeader of(String descr, boolean columnMajor, int[] shape) throws IOException {
        if (descr.matches("[<>|=]?[USO].*")) {
            throw new IOException(
                    "elements of type '" + excerpt(descr) + "' are no numbers; convert labels with labels ="
                            + " np.unique(labels, return_inverse=True)[1], of both files together, as they need one mapping");
        }
        NumpyArray.Type type = Arrays.stream(NumpyArray.Type.values())
                .filter(t -> descr.matches("[<>|=].{2}") && t.code().endsWith(descr.substring(1)))
                .findFirst()
                .orElseThrow(() -> new IOException("element type '" + excerpt(descr) + "'; known are "
                        + Arrays.stream(NumpyArray.Type.values())
                                .map(NumpyArray.Type::code)
                                .collect(Collectors.joining(" "))
                        + "; convert it with astype"));
        if (shape.length > MOST_DIMENSIONS || Arrays.stream(shape).anyMatch(n -> n < 0)) {
            throw new IOException("array of impossible shape");
        }
        return new NumpyHeader(type, descr.startsWith(">"), columnMajor, shape);
    }

    /** Bytes of all elements. */
    int size() throws IOException {
        try {
            return Math.toIntExact(Math.multiplyExact(NumpyArray.elements(shape), type.size()));
        } catch (ArithmeticException e) {
            throw new IOException(
                    "array of shape " + Arrays.toString(shape) + " of " + type
                            + "; at most 2147483647 bytes can be read",
                    e);
        }
    }

    /** The array of these elements, as many as {@link #size} says; they are copied only where their order changes. */
    NumpyArray array(byte[] elements) throws IOException {
        if (elements.length != size()) {
            throw new IOException(elements.length + " bytes for shape " + Arrays.toString(shape) + " of " + type);
        }
        byte[] little = bigEndian && type.size() > 1 ? reversed(elements) : elements;
        boolean moves = columnMajor && Arrays.stream(shape).filter(n -> n > 1).count() > 1;
        return new NumpyArray(type, shape, ByteBuffer.wrap(moves ? rowMajor(little) : little));
    }

    private byte[] reversed(byte[] elements) {
        byte[] reversed = new byte[elements.length];
        for (int first = 0; first < elements.length; first += type.size()) {
            for (int i = 0; i < type.size(); i++) {
                reversed[first + i] = elements[first + type.size() - 1 - i];
            }
        }
        return reversed;
    }

    private byte[] rowMajor(byte[] elements) {
        byte[] sorted = new byte[elements.length];
        int[] index = new int[shape.length];
        int[] step = new int[shape.length];
        for (int k = 0, stride = type.size(); k < shape.length; stride *= shape[k++]) {
            step[k] = stride;
        }
        for (int to = 0, from = 0; to < elements.length; to += type.size()) {
            System.arraycopy(elements, from, sorted, to, type.size());
            for (int k = shape.length - 1; k >= 0; k--) {
                from += step[k];
                if (++index[k] < shape[k]) {
                    break;
                }
                from -= step[k] * shape[k];
                index[k] = 0;
            }
        }
        return sorted;
    }
}
