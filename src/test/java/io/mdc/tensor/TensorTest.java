package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTest {
    private static double[] counting(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i);
        return values;
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rowsOfRowsShareMemory(Backend backend) {
        Tensor whole = backend.of(counting(24), 6, 2, 2);
        Tensor inner = whole.rows(1, 5).rows(1, 3);
        assertArrayEquals(new int[] {2, 2, 2}, inner.shape());
        assertArrayEquals(new double[] {8, 9, 10, 11, 12, 13, 14, 15}, inner.toDoubles());
        inner.set(new double[] {-1, -2, -3, -4, -5, -6, -7, -8});
        double[] expected = counting(24);
        for (int i = 0; i < 8; i++) {
            expected[8 + i] = -1 - i;
        }
        assertArrayEquals(expected, whole.toDoubles());
        backend.vectors().fill(whole, 3);
        assertArrayEquals(new double[] {3, 3, 3, 3, 3, 3, 3, 3}, inner.toDoubles());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void reshapesOfRowsShareMemory(Backend backend) {
        Tensor whole = backend.of(counting(12), 4, 3);
        Tensor view = whole.rows(1, 3).reshape(3, 1, 2);
        assertArrayEquals(new int[] {3, 1, 2}, view.shape());
        assertArrayEquals(new double[] {5, 6}, view.rows(1, 2).toDoubles());
        backend.vectors().scale(10, view.rows(1, 3));
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 50, 60, 70, 80, 9, 10, 11}, whole.toDoubles());
    }

    @Test
    void rowsOfTheWholeAreTheTensorItself() {
        Tensor whole = TestBackends.DOUBLE.zeros(3, 2);
        assertEquals(whole, whole.rows(0, 3));
    }

    @ParameterizedTest
    @CsvSource({"-1,2", "0,5", "2,2", "3,1"})
    void rowsOutsideTheFirstDimensionAreRefused(int from, int to) {
        Tensor tensor = TestBackends.DOUBLE.zeros(4, 2);
        String message = assertThrows(IllegalArgumentException.class, () -> tensor.rows(from, to))
                .getMessage();
        assertEquals("rows " + from + " to " + to + " of a first dimension of 4", message);
    }

    @Test
    void reshapeToAnotherSizeIsRefused() {
        Tensor tensor = TestBackends.DOUBLE.zeros(4, 2);
        String message = assertThrows(IllegalArgumentException.class, () -> tensor.reshape(3, 3))
                .getMessage();
        assertEquals("cannot reshape Tensor[4, 2] to [3, 3]", message);
    }

    @Test
    void rowsKeepTheLayoutOfPixels() {
        Tensor images = TestBackends.DOUBLE.of(counting(48), 3, 2, 4, 2).as(Layout.PIXELS);
        Tensor second = images.rows(1, 2);
        assertEquals(Layout.PIXELS, second.layout());
        assertArrayEquals(new double[] {16, 17, 18}, Arrays.copyOf(second.toDoubles(), 3));
        assertEquals(Layout.PLANES, second.as(Layout.PLANES).layout());
        assertEquals("Tensor[1, 2, 4, 2] in PIXELS", second.toString());
    }

    @Test
    void someRowsOfATiledTensorAreRefusedAsTheyLieApart() {
        Tensor tiled = TestBackends.DOUBLE.zeros(3, 1, 4, 2).as(Layout.TILES_2);
        assertSame(tiled, tiled.rows(0, 3));
        String message = assertThrows(IllegalArgumentException.class, () -> tiled.rows(0, 2))
                .getMessage();
        assertEquals("rows 0 to 2 of Tensor[3, 1, 4, 2] in TILES_2: they lie apart", message);
    }

    @Test
    void onlyRowMajorTensorsAreReshaped() {
        Tensor pixels = TestBackends.DOUBLE.zeros(3, 1, 4, 2).as(Layout.PIXELS);
        assertThrows(IllegalArgumentException.class, () -> pixels.reshape(3, 8));
        assertArrayEquals(
                new int[] {3, 8}, pixels.as(Layout.PLANES).reshape(3, 8).shape());
    }

    @Test
    void layoutsThatAShapeCannotHaveAreRefused() {
        Tensor images = TestBackends.DOUBLE.zeros(1, 1, 4, 6);
        assertEquals(Layout.TILES_2, images.as(Layout.TILES_2).layout());
        String message = assertThrows(IllegalArgumentException.class, () -> images.as(Layout.TILES_4))
                .getMessage();
        assertEquals("Tensor[1, 1, 4, 6] cannot be in TILES_4", message);
        assertThrows(IllegalArgumentException.class, () -> images.reshape(24).as(Layout.PIXELS));
        assertThrows(IllegalArgumentException.class, () -> Layout.tiles(3));
    }

    @Test
    void shapesAreCopies() {
        int[] shape = {2, 3};
        Tensor tensor = TestBackends.DOUBLE.zeros(shape);
        shape[0] = 7;
        tensor.shape()[1] = 7;
        assertArrayEquals(new int[] {2, 3}, tensor.shape());
        assertEquals(3, tensor.dim(1));
        assertEquals(6, tensor.size());
        assertEquals("Tensor[2, 3]", tensor.toString());
    }

    @Test
    void settingMoreOrFewerValuesIsRefused() {
        Tensor tensor = TestBackends.DOUBLE.zeros(4, 2);
        assertEquals(
                "7 values for a tensor of 8",
                assertThrows(IllegalArgumentException.class, () -> tensor.set(new double[7]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> tensor.set(new float[9]));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void valuesAreRoundedToThePrecisionOnly(Backend backend) {
        double value = 1.0 / 3;
        double kept = backend.of(new double[] {value}, 1).toDoubles()[0];
        assertEquals(backend.precision() == Precision.DOUBLE ? value : (float) value, kept);
        Tensor tensor = backend.zeros(2);
        tensor.set(new float[] {0.1f, -0.2f});
        assertArrayEquals(new float[] {0.1f, -0.2f}, tensor.toFloats());
    }

    @Test
    void extentsBelowOneAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> TestBackends.DOUBLE.zeros(2, 0))
                .getMessage();
        assertTrue(message.contains("extent 0"), message);
    }
}
