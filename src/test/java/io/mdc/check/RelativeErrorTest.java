package io.mdc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.tensor.Precision;
import org.junit.jupiter.api.Test;

class RelativeErrorTest {
    @Test
    void theLargestErrorOfSeveralArraysIsKept() {
        RelativeError error = new RelativeError(0);
        error.add(new double[] {3, 4.5}, new double[] {3, 4});
        assertEquals(0.1, error.largest(), 1e-15);
        error.add(1.01, 1);
        assertEquals(0.1, error.largest(), 1e-15);
        error.add(-2, 2);
        assertEquals(2, error.largest(), 1e-15);
    }

    @Test
    void notANumberIsNeverLost() {
        RelativeError error = new RelativeError(0);
        error.add(Double.NaN, 1);
        error.add(1, 1);
        error.add(5, 1);
        assertTrue(Double.isNaN(error.largest()));
        RelativeError later = new RelativeError(0);
        later.add(5, 1);
        later.add(1, Double.NaN);
        assertTrue(Double.isNaN(later.largest()));
    }

    @Test
    void aReferenceOfZeroAgreesWithZeroOnly() {
        RelativeError error = new RelativeError(0);
        error.add(new double[2], new double[2]);
        assertEquals(0, error.largest());
        error.add(1e-12, 0);
        assertEquals(Double.POSITIVE_INFINITY, error.largest());
    }

    @Test
    void smallArraysAreMeasuredAgainstTheLargestOfTheirKind() {
        RelativeError error = new RelativeError(10);
        error.add(1e-9, 0);
        assertEquals(1e-7, error.largest(), 1e-20);
        error.add(1.5, 1);
        assertEquals(0.5, error.largest(), 1e-15);
    }

    @Test
    void anotherNumberOfValuesIsRefused() {
        RelativeError error = new RelativeError(0);
        assertThrows(IllegalArgumentException.class, () -> error.add(new double[2], new double[3]));
    }

    @Test
    void tolerancesAreThoseOfTheReferenceValues() {
        assertEquals(1e-9, Tolerance.of("matching-base-mse", Precision.DOUBLE));
        assertEquals(1e-9, Tolerance.of("decode-8-f2", Precision.DOUBLE));
        assertEquals(2e-3, Tolerance.of("matching-base-mse", Precision.FLOAT));
        assertEquals(1e-4, Tolerance.of("decode-8-f2", Precision.FLOAT));
    }
}
