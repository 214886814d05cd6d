package io.mdc.subset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AdaptiveSubsetTest {
    private static AdaptiveSubset subset(int prefixes, int period) {
        return new AdaptiveSubset(prefixes, new RateOfChange(), Freezing.PREDECESSOR.rule(), period);
    }

    private static AdaptiveSubset copy(AdaptiveSubset subset, int period) {
        return new AdaptiveSubset(subset.state(), new RateOfChange(), Freezing.PREDECESSOR.rule(), period);
    }

    @Test
    void prefixesAreMeasuredInTheFirstLoopAndEveryPeriod() {
        AdaptiveSubset subset = subset(3, 5);
        for (int t = 1; t <= 30; t++) {
            assertEquals(t == 1 || t % 5 == 0, subset.measures(t), "t = " + t);
        }
        assertTrue(subset(3, 1).measures(2));
        assertFalse(subset(0, 1).measures(1), "without prefixes there is nothing to measure");
    }

    @Test
    void beforeTheFirstSelectionThereIsNoSubset() {
        AdaptiveSubset subset = subset(3, 5);
        assertEquals(0, subset.size());
        assertEquals(0, subset.frozen());
        subset.add(new double[] {1, 2, 3});
        assertEquals(0, subset.size());
    }

    @Test
    void selectionsFollowTheRateAndFreezeThePredecessor() {
        AdaptiveSubset subset = subset(3, 5);
        subset.add(new double[] {8, 5, 3});
        subset.add(new double[] {10, 7, 1});
        AdaptiveSubset.Event first = subset.select(1);
        assertEquals(1, first.outer());
        assertEquals(1, first.selected());
        assertEquals(0, first.frozen());
        assertArrayEquals(new double[] {9, 6, 2}, first.distance());
        assertNull(first.rate());
        assertEquals(1, subset.size());

        subset.add(new double[] {8, 1, 1});
        AdaptiveSubset.Event second = subset.select(5);
        assertEquals(5, second.outer());
        assertEquals(2, second.selected());
        assertEquals(1, second.frozen());
        assertArrayEquals(new double[] {0.2, 1, 0.2}, second.rate());
        assertEquals(2, subset.size());
        assertEquals(1, subset.frozen());

        subset.add(new double[] {0, 1, 0});
        AdaptiveSubset.Event third = subset.select(10);
        assertEquals(1, third.selected());
        assertEquals(0, third.frozen());
        assertArrayEquals(new double[] {1.6, 0, 0.2}, third.rate());
    }

    @Test
    void missingMeasurementsAreLeftOutOfTheMean() {
        AdaptiveSubset subset = subset(3, 5);
        double nan = Double.NaN;
        subset.add(new double[] {nan, 4, nan});
        subset.add(new double[] {2, 6, nan});
        double[] distance = subset.select(1).distance();
        assertEquals(2, distance[0]);
        assertEquals(5, distance[1]);
        assertTrue(Double.isNaN(distance[2]));
        subset.add(new double[] {3, 8, 100});
        AdaptiveSubset.Event event = subset.select(5);
        assertEquals(2, event.selected(), "a prefix measured only once has no rate");
    }

    @Test
    void aStateTakenAnywhereGoesOnAlike() {
        AdaptiveSubset whole = subset(4, 2);
        AdaptiveSubset resumed = subset(4, 2);
        SplittableRandom one = new SplittableRandom(7);
        SplittableRandom two = new SplittableRandom(7);
        boolean grew = false;
        for (int t = 1; t <= 12; t++) {
            for (int e = 0; e < 3; e++) {
                if (whole.measures(t)) {
                    whole.add(measurement(one));
                    resumed.add(measurement(two));
                    resumed = copy(resumed, 2);
                }
            }
            if (whole.measures(t)) {
                AdaptiveSubset.Event expected = whole.select(t);
                AdaptiveSubset.Event actual = resumed.select(t);
                assertEquals(expected.selected(), actual.selected());
                assertEquals(expected.frozen(), actual.frozen());
                assertArrayEquals(expected.distance(), actual.distance());
                assertArrayEquals(expected.rate(), actual.rate());
                grew |= expected.frozen() > 0;
            }
            resumed = copy(resumed, 2);
            assertEquals(whole.size(), resumed.size());
            assertEquals(whole.frozen(), resumed.frozen());
        }
        assertTrue(grew, "the example should freeze images at least once");
    }

    private static double[] measurement(RandomGenerator random) {
        return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
    }

    @Test
    void theRatesOfTheLastSelectionAreKept() {
        AdaptiveSubset subset = subset(2, 4);
        assertNull(subset.rate());
        subset.add(new double[] {1, 2});
        subset.select(1);
        assertNull(subset.rate(), "at the first there are none");
        subset.add(new double[] {3, 1});
        subset.select(4);
        assertArrayEquals(new double[] {0.5, 0.25}, subset.rate());
        subset.rate()[0] = 50;
        subset.state().rate()[1] = 50;
        assertArrayEquals(new double[] {0.5, 0.25}, copy(subset, 4).rate());
    }

    @Test
    void statesAreCopies() {
        AdaptiveSubset subset = subset(2, 1);
        subset.add(new double[] {1, 2});
        AdaptiveSubset.State state = subset.state();
        state.sums()[0] = 50;
        state.counts()[1] = 50;
        assertArrayEquals(new double[] {1, 2}, subset.state().sums());
        assertArrayEquals(new int[] {1, 1}, subset.state().counts());
        subset.select(1);
        assertEquals(List.of(), state.selected());
        assertEquals(List.of(1), subset.state().selected());
        subset.state().previous()[0] = 50;
        assertArrayEquals(new double[] {1, 2}, subset.state().previous());
        assertArrayEquals(new double[2], subset.state().sums());
    }
}
