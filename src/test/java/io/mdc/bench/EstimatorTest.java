package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EstimatorTest {
    @Test
    void stepsThatMeasureCountAsOftenAsThereAreSome() {
        assertEquals(0.01 * 10 + 0.99 * 8, Estimator.average(0.01, 10, 8), 1e-12);
        assertEquals(10, Estimator.average(0.01, 10, 12), 1e-12, "the rest is noise");
        assertEquals(10, Estimator.average(1, 10, Double.POSITIVE_INFINITY));
    }
}
