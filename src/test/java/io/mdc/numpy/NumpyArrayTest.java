package io.mdc.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.OneLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyArrayTest {
    private static byte[] written(NumpyArray array) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        array.write(out);
        return out.toByteArray();
    }

    private static NumpyArray read(byte[] bytes) throws IOException {
        return NumpyArray.read(new ByteArrayInputStream(bytes));
    }

    private static String failure(byte[] bytes) {
        return assertThrows(IOException.class, () -> read(bytes)).getMessage();
    }

    /** A version 1 file with the given dictionary and 64 bytes of data. */
    private static byte[] file(String dictionary) {
        byte[] header = (dictionary + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + header.length + 64).order(ByteOrder.LITTLE_ENDIAN);
        file.put(HexFormat.of().parseHex("934e554d50590100"));
        file.putShort((short) header.length).put(header);
        return file.array();
    }

    static Stream<NumpyArray> arrays() {
        ByteBuffer ints = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        ints.putInt(Integer.MIN_VALUE).putInt(7).flip();
        return Stream.of(
                NumpyArray.of(new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE, 3, 4}, 2, 3),
                NumpyArray.of(new double[] {Math.PI, Double.NEGATIVE_INFINITY}, 1, 1, 2, 1),
                NumpyArray.of(new long[] {Long.MIN_VALUE, -1, Integer.MAX_VALUE + 1L}, 3),
                NumpyArray.of(new byte[] {0, -1, 127, -128}, 4, 1),
                new NumpyArray(NumpyArray.Type.INT32, new int[] {2}, ints),
                NumpyArray.of(new double[] {42}),
                NumpyArray.of(new float[0], 0, 5));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void whatIsWrittenIsRead(NumpyArray array) throws IOException {
        byte[] bytes = written(array);
        NumpyArray copy = read(bytes);
        assertEquals(array, copy);
        assertEquals(array.hashCode(), copy.hashCode());
        assertArrayEquals(array.shape(), copy.shape());
        assertArrayEquals(array.toDoubles(), copy.toDoubles());
        assertArrayEquals(bytes, written(copy));
    }

    @Test
    void headersAreThoseOfNumpy() throws IOException {
        byte[] bytes = written(NumpyArray.of(new float[] {1, -2}, 2));
        // what numpy.save writes for float32 [1, -2]
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        assertEquals("934e554d50590100" + "7600", HexFormat.of().formatHex(bytes, 0, 10));
        assertEquals(header, new String(bytes, 10, 118, StandardCharsets.ISO_8859_1).strip());
        assertEquals('\n', bytes[127]);
        assertEquals("0000803f" + "000000c0", HexFormat.of().formatHex(bytes, 128, bytes.length));
    }

    @Test
    void dataStartsAtAMultipleOf64() throws IOException {
        for (int dimensions = 0; dimensions < 30; dimensions++) {
            int[] shape = new int[dimensions];
            Arrays.fill(shape, 1);
            byte[] bytes = written(NumpyArray.of(new double[] {5}, shape));
            assertEquals(0, (bytes.length - 8) % 64, dimensions + " dimensions");
            assertArrayEquals(shape, read(bytes).shape());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void laterVersionsAreRead(int version) throws IOException {
        byte[] one = written(NumpyArray.of(new long[] {3, 9}, 2));
        ByteBuffer later = ByteBuffer.allocate(one.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        later.put(one, 0, 6).put((byte) version).put((byte) 0).putInt(118).put(one, 10, one.length - 10);
        assertArrayEquals(new double[] {3, 9}, read(later.array()).toDoubles());
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void aTruncatedFileIsRefusedWhereverItEnds(NumpyArray array) throws IOException {
        byte[] bytes = written(array);
        for (int length = 0; length < bytes.length; length++) {
            String message = failure(Arrays.copyOf(bytes, length));
            assertTrue(length < 8 ? message.equals("not a .npy array") : message.startsWith("ends after"), message);
        }
    }

    @Test
    void aTruncatedFileSaysHowMuchIsThere() throws IOException {
        byte[] bytes = written(NumpyArray.of(new double[] {1, 2, 3}, 3));
        assertEquals("ends after 23 of 24 bytes", failure(Arrays.copyOf(bytes, bytes.length - 1)));
    }

    @Test
    void anotherMagicIsRefused() throws IOException {
        byte[] bytes = written(NumpyArray.of(new double[] {1}, 1));
        for (int i = 0; i < 6; i++) {
            byte[] wrong = bytes.clone();
            wrong[i] ^= 1;
            assertEquals("not a .npy array", failure(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f1", "<c8", "|V9"})
    void unknownElementTypesAreNamedWithTheKnown(String type) {
        assertEquals(
                "element type '" + type
                        + "'; known are |u1 |i1 <i2 <u2 |b1 <i4 <u4 <i8 <u8 <f2 <f4 <f8; convert it with astype",
                failure(file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }")));
    }

    /** Short enough to be shown whole, below the name of an entry. */
    @ParameterizedTest
    @ValueSource(strings = {"<U123", "|S5", "|O"})
    void textsAreNoNumbers(String type) {
        String message = failure(file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }"));
        assertEquals(
                "elements of type '" + type + "' are no numbers; convert labels with labels = np.unique(labels,"
                        + " return_inverse=True)[1], of both files together, as they need one mapping",
                message);
        IOException entry = new IOException("entry 'train_labels.npy': " + message);
        assertEquals(entry.getMessage(), OneLine.reason(entry));
    }

    @ParameterizedTest
    @CsvSource({
        "3c00, 1",
        "c000, -2",
        "3555, 0.333251953125",
        "7bff, 65504",
        "0400, 0.00006103515625",
        "0001, 0.000000059604644775390625",
        "83ff, -0.000060975551605224609375",
        "7c00, Infinity",
        "fc00, -Infinity",
        "7e00, NaN"
    })
    void halfPrecisionIsRead(String bits, double value) throws IOException {
        byte[] file = file("{'descr': '>f2', 'fortran_order': False, 'shape': (32,), }");
        System.arraycopy(HexFormat.of().parseHex(bits), 0, file, file.length - 2, 2);
        assertEquals(value, read(file).value(31));
    }

    /** Arrays that NumPy wrote in other orders and types, beside the plain one. */
    @ParameterizedTest
    @CsvSource({"fortran,bytes", "int16,bytes", "whole,bytes", "big,labels", "uint64,labels", "uint32,labels"})
    void otherOrdersAndTypesHoldTheSameNumbers(String name, String plain) throws IOException {
        NumpyArchive archive =
                NumpyArchive.read(Path.of("src/test/resources/io/mdc/dataset/npz-kinds.npz"), Set.of(name, plain));
        assertArrayEquals(archive.get(plain).toDoubles(), archive.get(name).toDoubles());
        assertArrayEquals(archive.get(plain).shape(), archive.get(name).shape());
    }

    @Test
    void unsignedNumbersAreNotNegative() throws IOException {
        byte[] file = file("{'descr': '<u8', 'fortran_order': False, 'shape': (8,), }");
        file[file.length - 1] = -128;
        assertEquals(0x1p63, read(file).toDoubles()[7]);
        file = file("{'descr': '>u4', 'fortran_order': False, 'shape': (16,), }");
        file[file.length - 4] = -1;
        assertEquals(0xff000000L, read(file).value(15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,)}",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}"
            })
    void unreadableHeadersAreShown(String header) {
        String message = failure(file(header));
        assertTrue(message.startsWith("unreadable"), message);
        assertTrue(message.contains(header), message);
    }

    @ParameterizedTest
    @CsvSource({"'2147483647, 2147483647, 2'", "'2147483647, 2147483647, 2147483647'", "'65536, 65536'", "'536870912,'"
    })
    void arraysTooLargeToReadAreRefused(String shape) {
        String message = failure(file("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }"));
        assertTrue(message.contains("at most 2147483647 bytes can be read"), message);
    }

    @Test
    void oversizedHeadersAreRefused() throws IOException {
        byte[] bytes = written(NumpyArray.of(new long[] {3}, 1));
        bytes[6] = 2;
        bytes[10] = 127;
        bytes[11] = -1;
        assertTrue(failure(bytes).startsWith(".npy header of"), failure(bytes));
    }

    @Test
    void theStreamStaysOpenAndBehindTheArray() throws IOException {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        NumpyArray.of(new float[] {1}, 1).write(two);
        NumpyArray.of(new long[] {2}, 1).write(two);
        InputStream in = new ByteArrayInputStream(two.toByteArray());
        assertEquals(NumpyArray.Type.FLOAT32, NumpyArray.read(in).type());
        assertEquals(NumpyArray.Type.INT64, NumpyArray.read(in).type());
        assertEquals(-1, in.read());
    }

    @Test
    void shapeAndLengthMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> NumpyArray.of(new float[5], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> NumpyArray.of(new byte[2]));
    }

    @Test
    void floatsAreOnlyTakenFromFloats() {
        assertArrayEquals(
                new float[] {1, 2}, NumpyArray.of(new float[] {1, 2}, 2).toFloats());
        assertEquals(
                "array of FLOAT64 where FLOAT32 is needed",
                assertThrows(IllegalStateException.class, () -> NumpyArray.of(new double[] {1}, 1)
                                .toFloats())
                        .getMessage());
    }

    @Test
    void arraysDifferByTypeShapeOrContent() {
        NumpyArray array = NumpyArray.of(new float[] {1, 2}, 2);
        assertNotEquals(array, NumpyArray.of(new float[] {1, 3}, 2));
        assertNotEquals(array, NumpyArray.of(new float[] {1, 2}, 2, 1));
        assertNotEquals(array, NumpyArray.of(new double[] {1}, 1));
        assertEquals("FLOAT32[2]", array.toString());
    }

    @Test
    void anArrayNeverChanges() {
        byte[] values = {1, 2, 3};
        int[] shape = {3};
        NumpyArray array = NumpyArray.of(values, shape);
        values[0] = 9;
        shape[0] = 9;
        array.shape()[0] = 9;
        array.toBytes()[0] = 9;
        array.bytes().get();
        assertThrows(ReadOnlyBufferException.class, () -> array.bytes().put(0, (byte) 9));
        assertEquals(NumpyArray.of(new byte[] {1, 2, 3}, 3), array);
        assertArrayEquals(new double[] {1, 2, 3}, array.toDoubles());
    }

    @Test
    void bytesAreReadFromTheirStartAndLittleEndian() {
        ByteBuffer bytes = ByteBuffer.allocate(4).put(1, (byte) 1).position(2);
        assertArrayEquals(
                new double[] {256, 0}, new NumpyArray(NumpyArray.Type.INT16, new int[] {2}, bytes).toDoubles());
    }
}
