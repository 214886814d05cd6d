package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.TestBackends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageTest {
    private static final double[] VALUES = {0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5};

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rangesAreReadAndWrittenWithinAView(Backend backend) {
        Tensor whole = backend.of(VALUES, 4, 2);
        Storage view = whole.rows(1, 3).storage();
        assertEquals(backend.precision(), view.precision());
        assertEquals(4, view.size());
        double[] doubles = new double[2];
        float[] floats = new float[3];
        view.read(1, doubles);
        view.read(1, floats);
        assertArrayEquals(new double[] {1.5, 2}, doubles);
        assertArrayEquals(new float[] {1.5f, 2, 2.5f}, floats);
        view.write(0, new double[] {-1});
        view.write(2, new float[] {-2, -3});
        assertArrayEquals(new double[] {0, 0.5, -1, 1.5, -2, -3, 3, 3.5}, whole.toDoubles());
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void rangesBeyondAViewAreRefused(Backend backend) {
        Storage view = backend.of(VALUES, 4, 2).rows(1, 3).storage();
        assertThrows(IndexOutOfBoundsException.class, () -> view.read(3, new double[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> view.read(-1, new float[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> view.write(0, new float[5]));
        assertThrows(IndexOutOfBoundsException.class, () -> view.write(4, new double[1]));
    }

    @Test
    void hostFloatsAreTheTensorsMemory() {
        Tensor whole = TestBackends.HOST.of(VALUES, 4, 2);
        Tensor view = whole.rows(1, 4).reshape(6).rows(1, 3);
        assertEquals(2, view.host().floats().limit());
        assertArrayEquals(new float[] {1.5f, 2}, view.toFloats());
        view.host().floats().put(1, -8);
        assertEquals(-8, whole.toDoubles()[4]);
        whole.set(VALUES);
        assertEquals(2, view.host().floats().get(1));
        assertEquals(whole.host().address() + 3 * Float.BYTES, view.host().address());
    }

    @Test
    void doublesAreNoHostFloats() {
        Tensor doubles = TestBackends.DOUBLE.zeros(2);
        String message =
                assertThrows(IllegalStateException.class, doubles::host).getMessage();
        assertEquals("elements are of type DOUBLE in host memory where floats in host memory are needed", message);
    }

    @Test
    void aTensorCanBeInMemoryOfAnyKind() {
        Tensor whole = Tensor.zeros(new HeapMemory(), 4, 2);
        whole.set(VALUES);
        Tensor view = whole.rows(1, 3).reshape(4);
        view.rows(1, 2).set(new float[] {7});
        assertArrayEquals(new double[] {1, 7, 2, 2.5}, view.toDoubles());
        assertEquals(7, whole.toFloats()[3]);
    }

    @Test
    void memoryThatABackendDoesNotKnowIsRefused() {
        Tensor foreign = Tensor.zeros(new HeapMemory(), 2);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> TestBackends.DOUBLE.vectors().fill(foreign, 1))
                .getMessage();
        assertTrue(message.contains("Tensor[2]"), message);
        assertThrows(
                IllegalStateException.class, () -> TestBackends.HOST.vectors().copy(foreign, foreign));
    }
}
