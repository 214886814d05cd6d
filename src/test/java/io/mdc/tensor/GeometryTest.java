package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
    @ParameterizedTest
    @CsvSource({"0,1,0", "3,0,1", "3,1,-1", "3,1,3"})
    void impossibleConvolutionsAreRefused(int kernel, int stride, int padding) {
        assertThrows(IllegalArgumentException.class, () -> new ConvolutionShape(kernel, stride, padding));
    }

    @ParameterizedTest
    @CsvSource({"3,1,1,8,8", "3,1,1,7,7", "3,2,1,8,4", "3,2,1,7,4", "7,2,3,16,8", "1,1,0,5,5", "5,1,0,9,5", "2,2,0,9,4"
    })
    void convolutionOutputsHaveTheUsualSize(int kernel, int stride, int padding, int extent, int expected) {
        assertEquals(expected, new ConvolutionShape(kernel, stride, padding).output(extent));
    }

    @ParameterizedTest
    @CsvSource({"-1,1,0,1", "2,1,0,1", "0,1,-1,1", "0,1,3,2"})
    void rectanglesWithEdgesOutOfOrderAreRefused(int top, int bottom, int left, int right) {
        assertThrows(IllegalArgumentException.class, () -> new Rectangle(top, bottom, left, right));
    }

    @Test
    void anAreaIsHeightTimesWidth() {
        assertEquals(6, new Rectangle(1, 3, 2, 5).area());
        assertEquals(0, new Rectangle(1, 1, 2, 5).area());
    }

    @Test
    void chainsWithoutWindowOrEpsilonAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Chain(true, 0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new Chain(true, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Chain(true, 1, Double.NaN));
    }
}
