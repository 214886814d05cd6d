package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    @Test
    void sameArgumentsGiveTheSameNumbers() {
        RandomGenerator one = Seeds.generator(7, "weights", 3, 4);
        RandomGenerator two = Seeds.generator(7, "weights", 3, 4);
        assertArrayEquals(one.longs(100).toArray(), two.longs(100).toArray());
    }

    @Test
    void numbersArePinnedSoThatOldRunsCanBeRepeated() {
        assertEquals(-7393444600842455597L, Seeds.derive(0, "weights", 1));
        assertEquals(6699987133457435804L, Seeds.generator(0, "weights", 1).nextLong());
    }

    @Test
    void seedPurposeAndEachCounterMatter() {
        Set<Long> derived = new HashSet<>();
        int cases = 0;
        for (long seed = -5; seed < 5; seed++) {
            for (String purpose : new String[] {"", "a", "b", "ab", "ba", "weights"}) {
                for (long counter = -20; counter < 20; counter++) {
                    derived.add(Seeds.derive(seed, purpose, counter));
                    derived.add(Seeds.derive(seed, purpose, counter, 0));
                    derived.add(Seeds.derive(seed, purpose, 1000, counter));
                    cases += 3;
                }
            }
        }
        assertEquals(cases, derived.size());
    }

    @Test
    void aCounterIsNotTakenForAnotherLetterOfThePurpose() {
        assertTrue(Seeds.derive(0, "a", 'b', 2) != Seeds.derive(0, "ab", 2));
    }

    @Test
    void neighbouringCountersGiveUncorrelatedNumbers() {
        int n = 4000;
        double product = 0;
        for (int i = 0; i < n; i++) {
            product += (Seeds.generator(1, "x", i).nextDouble() - 0.5)
                    * (Seeds.generator(1, "x", i + 1).nextDouble() - 0.5);
        }
        double correlation = 12 * product / n;
        assertTrue(Math.abs(correlation) < 4 / Math.sqrt(n), "correlation " + correlation);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 1000})
    void permutationHoldsEachNumberOnce(int n) {
        int[] order = Seeds.permutation(Seeds.generator(n, "test"), n);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, n).toArray(), order);
    }

    @Test
    void allPermutationsAreEquallyLikely() {
        int draws = 24_000;
        RandomGenerator random = Seeds.generator(0, "test");
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            counts.merge(Arrays.toString(Seeds.permutation(random, 4)), 1, Integer::sum);
        }
        assertEquals(24, counts.size());
        counts.forEach((order, count) -> assertEquals(1000, count, 150, order));
    }

    @Test
    void permutationDrawsBelowEveryBoundInTurn() {
        List<Integer> bounds = new ArrayList<>();
        int[] order = Seeds.permutation(4, bound -> {
            bounds.add(bound);
            return 0;
        });
        assertEquals(List.of(1, 2, 3, 4), bounds);
        assertArrayEquals(new int[] {3, 0, 1, 2}, order);
    }

    /** Orders that results of earlier runs hang on. */
    @Test
    void permutationsStayWhatTheyWere() {
        RandomGenerator random = Seeds.generator(0, "test");
        assertArrayEquals(new int[] {5, 4, 7, 6, 1, 3, 2, 0}, Seeds.permutation(Seeds.generator(0, "test"), 8));
        assertArrayEquals(new int[] {4, 7, 0, 5, 3, 6, 1, 2}, Seeds.permutation(8, random::nextInt));
    }
}
