package io.mdc.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An array in NumPy's {@code .npy} format, versions 1 to 3; in memory always row-major and little endian.
 *
 * <p>Source of the format: NumPy's documentation, module {@code numpy.lib.format}.
 *
 * @param type the element type
 * @param shape the extent of every dimension, none for a scalar; copied
 * @param bytes the elements, little endian, from index 0 to its limit; not copied, as it may be most of the memory, but
 *     given back to read only: whoever hands it over must not write to it any more
 */
public record NumpyArray(Type type, int[] shape, ByteBuffer bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** The element types this project reads and writes. */
    public enum Type {
        /** Unsigned bytes. */
        UINT8("|u1", 1),
        /** Signed bytes. */
        INT8("|i1", 1),
        /** 16-bit signed integers. */
        INT16("<i2", 2),
        /** 16-bit unsigned integers. */
        UINT16("<u2", 2),
        /** Truth values, a byte each. */
        BOOL("|b1", 1),
        /** 32-bit signed integers. */
        INT32("<i4", 4),
        /** 32-bit unsigned integers. */
        UINT32("<u4", 4),
        /** 64-bit signed integers. */
        INT64("<i8", 8),
        /** 64-bit unsigned integers. */
        UINT64("<u8", 8),
        /** 16-bit floating point. */
        FLOAT16("<f2", 2),
        /** 32-bit floating point. */
        FLOAT32("<f4", 4),
        /** 64-bit floating point. */
        FLOAT64("<f8", 8);

        private final String code;
        private final int size;

        Type(String code, int size) {
            this.code = code;
            this.size = size;
        }

        /** How this project writes it: byte order, kind and size. */
        String code() {
            return code;
        }

        /** Bytes of an element. */
        public int size() {
            return size;
        }

        /** Whether elements may have fractions. */
        public boolean isFloating() {
            return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
        }

        /** What NumPy calls it. */
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that shape and length agree.
     *
     * @throws IllegalArgumentException if they do not
     */
    public NumpyArray {
        shape = shape.clone();
        bytes = bytes.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
        if (elements(shape) * type.size != bytes.limit()) {
            throw new IllegalArgumentException(
                    bytes.limit() + " bytes for shape " + Arrays.toString(shape) + " of " + type);
        }
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An array of 32-bit floats. */
    public static NumpyArray of(float[] values, int... shape) {
        ByteBuffer bytes = allocate((long) values.length * 4);
        bytes.asFloatBuffer().put(values);
        return new NumpyArray(Type.FLOAT32, shape, bytes);
    }

    /** An array of 64-bit floats. */
    public static NumpyArray of(double[] values, int... shape) {
        ByteBuffer bytes = allocate((long) values.length * 8);
        bytes.asDoubleBuffer().put(values);
        return new NumpyArray(Type.FLOAT64, shape, bytes);
    }

    /** An array of 64-bit integers. */
    public static NumpyArray of(long[] values, int... shape) {
        ByteBuffer bytes = allocate((long) values.length * 8);
        bytes.asLongBuffer().put(values);
        return new NumpyArray(Type.INT64, shape, bytes);
    }

    /** An array of unsigned bytes. */
    public static NumpyArray of(byte[] values, int... shape) {
        return new NumpyArray(Type.UINT8, shape, ByteBuffer.wrap(values.clone()));
    }

    /** The elements' bytes, little endian, in a new array. */
    public byte[] toBytes() {
        byte[] values = new byte[bytes.limit()];
        bytes.get(0, values);
        return values;
    }

    /** How many elements there are. */
    public int length() {
        return bytes.limit() / type.size;
    }

    /** The element at a place in row-major order as a double, whatever its type. */
    public double value(int i) {
        return switch (type) {
            case UINT8, BOOL -> bytes.get(i) & 0xff;
            case INT8 -> bytes.get(i);
            case INT16 -> bytes.getShort(2 * i);
            case UINT16 -> bytes.getShort(2 * i) & 0xffff;
            case INT32 -> bytes.getInt(4 * i);
            case UINT32 -> bytes.getInt(4 * i) & 0xffffffffL;
            case INT64 -> bytes.getLong(8 * i);
            case UINT64 -> unsigned(bytes.getLong(8 * i));
            case FLOAT16 -> half(bytes.getShort(2 * i));
            case FLOAT32 -> bytes.getFloat(4 * i);
            case FLOAT64 -> bytes.getDouble(8 * i);
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : 2.0 * (value >>> 1);
    }

    /** A number of one bit for the sign, five for the exponent and ten for the fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size = exponent == 0 ? fraction * 0x1p-24 : Math.scalb(1024.0 + fraction, exponent - 25);
        if (exponent == 31) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return bits < 0 ? -size : size;
    }

    /** The elements as doubles, whatever their type. */
    public double[] toDoubles() {
        double[] values = new double[length()];
        Arrays.setAll(values, this::value);
        return values;
    }

    /**
     * The elements as 32-bit floats.
     *
     * @throws IllegalStateException if they are of another type
     */
    public float[] toFloats() {
        if (type != Type.FLOAT32) {
            throw new IllegalStateException("array of " + type + " where FLOAT32 is needed");
        }
        float[] values = new float[bytes.limit() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Writes the array; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        writeHeader(out, type.code, shape);
        if (bytes.hasArray()) {
            out.write(bytes.array(), bytes.arrayOffset(), bytes.limit());
        } else {
            out.write(toBytes());
        }
    }

    /** Writes what stands before the elements; {@code code} is byte order, kind and size of one. */
    static void writeHeader(OutputStream out, String code, int... shape) throws IOException {
        String extents = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '" + code + "', 'fortran_order': False, 'shape': (" + extents + "), }";
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)});
        out.write(padded.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads an array to its end; the stream stays open.
     *
     * @throws IOException naming what is wrong, if this is not such an array or it is cut short
     */
    public static NumpyArray read(InputStream in) throws IOException {
        return read(in, 0);
    }

    /**
     * {@link #read(InputStream)} into one array, where room for more than the stream holds is never made.
     *
     * @param held bytes that it is known to hold
     */
    static NumpyArray read(InputStream in, long held) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("not a .npy array");
        }
        int lengthBytes = start[MAGIC.length] == 1 ? 2 : 4;
        ByteBuffer length = ByteBuffer.wrap(exactly(in, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = lengthBytes == 2 ? length.getShort(0) & 0xffff : length.getInt(0);
        if (headerLength < 0 || headerLength > 1 << 16) {
            throw new IOException(".npy header of " + headerLength + " bytes");
        }
        NumpyHeader header = NumpyHeader.parse(new String(exactly(in, headerLength), StandardCharsets.ISO_8859_1));
        int size = header.size();
        if (size > held) {
            return header.array(exactly(in, size));
        }
        byte[] elements = new byte[size];
        return header.array(whole(elements, in.readNBytes(elements, 0, size), size));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        return whole(bytes, bytes.length, length);
    }

    private static byte[] whole(byte[] bytes, int read, int length) throws EOFException {
        if (read < length) {
            throw new EOFException("ends after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    /** The product of all extents. */
    static long elements(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    private static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumpyArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + bytes.hashCode();
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
