package io.mdc.numpy;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dictionary at the head of a {@code .npy} file; its shape becomes that of the array, which copies it. */
record NumpyHeader(String type, int[] shape) {
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

    static NumpyHeader parse(String text) throws IOException {
        Matcher type = TYPE.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !order.find() || !shape.find()) {
            throw new IOException("unreadable .npy header: " + text.strip());
        }
        if (order.group(1).equals("True")) {
            throw new IOException("column-major array; save it with numpy.ascontiguousarray");
        }
        try {
            int[] extents = Arrays.stream(shape.group(1).split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new NumpyHeader(type.group(1), extents);
        } catch (NumberFormatException e) {
            throw new IOException("unreadable shape in .npy header: " + text.strip(), e);
        }
    }
}
