package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.shapes.Shapes;
import io.mdc.testing.Pictures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    @Test
    void computesMeanAndDeviationOfEachChannel() {
        byte[] pixels = {0, (byte) 255, 51, 51, 0, (byte) 255, (byte) 153, (byte) 153};
        Normalization n = Normalization.of(new ImageSet(pixels, new int[] {0, 0}, 1, 2, 1, 2));
        assertEquals(0.5, n.mean().get(0), 1e-12);
        assertEquals(0.4, n.mean().get(1), 1e-12);
        assertEquals(0.5, n.std().get(0), 1e-12);
        assertEquals(0.2, n.std().get(1), 1e-12);
    }

    @Test
    void normalisedImagesHaveMeanZeroAndDeviationOne() {
        ImageSet set = new Shapes(5, 50, 10).load(LoadRequest.of(null)).train();
        float[] values = Pictures.normalised(set, IntStream.range(0, set.size()).toArray(), Normalization.of(set));
        double sum = 0;
        double squares = 0;
        for (float v : values) {
            sum += v;
            squares += v * v;
        }
        assertEquals(0, sum / values.length, 1e-5);
        assertEquals(1, squares / values.length, 1e-4);
    }

    @Test
    void keepsItsOwnCopyOfTheValues() {
        List<Double> mean = Arrays.asList(0.5);
        Normalization n = new Normalization(mean, List.of(1.0));
        mean.set(0, 3.0);
        assertEquals(List.of(0.5), n.mean());
    }

    @Test
    void refusesDeviationsThatAreNotPositive() {
        for (double std : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> new Normalization(List.of(0.0, 0.0), List.of(1.0, std)));
            assertEquals("standard deviation of channel 1 is " + std + ", expected a number > 0", e.getMessage());
        }
    }

    @Test
    void refusesMeansThatAreNotNumbers() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new Normalization(List.of(Double.NaN), List.of(1.0)));
        assertEquals("mean of channel 0 is NaN, expected a number", e.getMessage());
    }

    @Test
    void refusesListsThatDifferInLengthOrAreEmpty() {
        for (List<Double> mean : List.of(List.<Double>of(), List.of(0.0, 0.0))) {
            List<Double> std = mean.isEmpty() ? List.of() : List.of(1.0);
            Exception e = assertThrows(IllegalArgumentException.class, () -> new Normalization(mean, std));
            assertEquals(
                    "a normalization needs one mean and one standard deviation per channel, got " + mean.size()
                            + " and " + std.size(),
                    e.getMessage());
        }
    }

    @Test
    void refusesConstantChannelsAndEmptySets() {
        ImageSet constant = new ImageSet(new byte[4], new int[] {0}, 1, 1, 2, 2);
        ImageSet empty = new ImageSet(new byte[0], new int[0], 1, 1, 2, 2);
        assertThrows(IllegalArgumentException.class, () -> Normalization.of(constant));
        assertThrows(IllegalArgumentException.class, () -> Normalization.of(empty));
    }
}
