package io.mdc.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {
    /** α = 0.5 · 0.4 − 0.5 · 0.2 = 0.1, β = 0.5 · 0.4 + 0.5 · 0.1 = 0.25; e^0.1 = 1.105171, e^0.25 = 1.284025. */
    @Test
    void scoresAreThoseComputedByHand() {
        Scores scores = new Scores(0.9, 0.7, 0.3, 0.5, 0.4);
        assertEquals(0.2, scores.hlr(), 1e-12);
        assertEquals(0.4, scores.ior(), 1e-12);
        assertEquals((1.105171 - 0.367879) / 2.350402, scores.lrs(), 1e-6);
        assertEquals((1.284025 - 0.367879) / 2.350402, scores.ars(), 1e-6);
    }

    @Test
    void scoresRunFromZeroToOne() {
        assertEquals(1, new Scores(0, 1, 0, 1, 0).lrs(), 1e-12);
        assertEquals(1, new Scores(0, 1, 0, 1, 0).ars(), 1e-12);
        assertEquals(0, new Scores(1, 0, 1, 0, 1).lrs(), 1e-12);
        assertEquals(0, new Scores(1, 0, 1, 0, 1).ars(), 1e-12);
        assertEquals(0.268941, new Scores(0.5, 0.5, 0.5, 0.5, 0.5).lrs(), 1e-6);
        assertEquals(0.268941, new Scores(0.5, 0.5, 0.5, 0.5, 0.5).ars(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"-0.1,0", "1.1,0", "0,-0.1", "0,1.1", "NaN,0"})
    void whatIsNoFractionIsRefused(double first, double last) {
        assertThrows(IllegalArgumentException.class, () -> new Scores(first, 0, 0, 0, last));
    }
}
