package io.mdc.subset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selection (paper Eq. 8 and 9, Table 3) and freezing (Eq. 10). */
class SelectionTest {
    /** Paper Table 7, CIFAR-10 at 10 images per class: feature distances at t = 1 and t = 50. */
    private static final double[] AT_1 = {3012, 1678, 1249, 1013, 896, 807, 738, 701, 675};

    private static final double[] AT_50 = {2596, 1294, 891, 661, 514, 429, 373, 332, 298};
    private static final double[] RATE = {8.32, 7.68, 7.16, 7.04, 7.64, 7.56, 7.30, 7.38, 7.54};

    @Test
    void theRatesOfThePapersTable7SelectTheFirstImage() {
        MlsSelection.Choice choice = new RateOfChange().choose(AT_50, AT_1, 50);
        assertArrayEquals(RATE, choice.score(), 1e-9);
        assertEquals(1, choice.size());
    }

    @Test
    void theFirstSelectionIsOneImageWithoutRates() {
        MlsSelection.Choice choice = new RateOfChange().choose(new double[] {1, 9, 3}, null, 10);
        assertEquals(1, choice.size());
        assertNull(choice.score());
    }

    @Test
    void theRateIsTheAbsoluteChangePerOuterLoop() {
        MlsSelection.Choice choice = new RateOfChange().choose(new double[] {5, 2, 9}, new double[] {6, 2.5, 1}, 4);
        assertArrayEquals(new double[] {0.25, 0.125, 2}, choice.score());
        assertEquals(3, choice.size());
        choice = new RateOfChange().choose(new double[] {5, 2, 9}, new double[] {50, 2.5, 1}, 1);
        assertArrayEquals(new double[] {45, 0.5, 8}, choice.score());
        assertEquals(1, choice.size());
    }

    @Test
    void equalRatesSelectTheSmallerSubset() {
        assertEquals(
                2,
                new RateOfChange()
                        .choose(new double[] {1, 5, 8, 5}, new double[] {1, 2, 5, 8}, 1)
                        .size());
        assertEquals(
                1, new RateOfChange().choose(new double[3], new double[3], 1).size());
    }

    @Test
    void prefixesWithoutMeasurementAreNeverPreferred() {
        double nan = Double.NaN;
        assertEquals(
                3,
                new RateOfChange()
                        .choose(new double[] {nan, 5, 9}, new double[] {1, nan, 8.5}, 1)
                        .size());
        assertEquals(
                2,
                new LargestDistance()
                        .choose(new double[] {nan, 3, nan}, null, 1)
                        .size());
        assertEquals(
                1,
                new LargestDistance()
                        .choose(new double[] {nan, nan, nan}, null, 1)
                        .size());
    }

    @Test
    void theLargestDistanceIsChosenWhateverWasBefore() {
        LargestDistance rule = new LargestDistance();
        assertEquals(1, rule.choose(AT_1, null, 50).size());
        assertEquals(1, rule.choose(AT_50, AT_1, 50).size());
        MlsSelection.Choice choice = rule.choose(new double[] {1, 7, 7, 2}, new double[] {9, 0, 0, 0}, 1);
        assertEquals(2, choice.size());
        assertNull(choice.score());
    }

    @Test
    void rulesHaveTheirNames() {
        assertInstanceOf(RateOfChange.class, Selection.RATE.rule());
        assertInstanceOf(LargestDistance.class, Selection.DISTANCE.rule());
    }

    /** The number of frozen images after each of several selections. */
    private static List<Integer> frozen(Freezing rule, Integer... selected) {
        List<Integer> history = new ArrayList<>();
        List<Integer> frozen = new ArrayList<>();
        for (Integer n : selected) {
            history.add(n);
            frozen.add(rule.rule().frozen(List.copyOf(history)));
        }
        return frozen;
    }

    @Test
    void thePredecessorRestsIfTheSubsetGrew() {
        assertEquals(List.of(0, 1, 0, 1, 0, 2), frozen(Freezing.PREDECESSOR, 1, 2, 1, 3, 2, 4));
        assertEquals(List.of(0, 0, 3, 0), frozen(Freezing.PREDECESSOR, 3, 3, 5, 5));
    }

    @Test
    void theLargestSmallerRetiredSubsetRests() {
        assertEquals(List.of(0, 1, 0, 2, 1, 3), frozen(Freezing.RETIRED, 1, 2, 1, 3, 2, 4));
        assertEquals(List.of(0, 0, 0, 3, 2), frozen(Freezing.RETIRED, 3, 3, 2, 5, 3));
    }

    @ParameterizedTest
    @CsvSource({"1,2,1", "5,1,3", "1,2,3"})
    void withoutFreezingNothingRests(int first, int second, int third) {
        assertEquals(List.of(0, 0, 0), frozen(Freezing.NONE, first, second, third));
    }
}
