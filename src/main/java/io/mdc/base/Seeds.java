package io.mdc.base;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Derives independent random generators from one seed, a purpose and counters.
 *
 * <p>Every random decision of the project names what it is for, so that adding a decision in one place changes none
 * elsewhere and a resumed run draws exactly what the uninterrupted one would have drawn:
 *
 * <pre>{@code
 * Seeds.generator(seed, "weights", outerLoop);
 * }</pre>
 *
 * <p>The mixing: a 64-bit hash starts at the seed; each word w (the characters of the purpose, the number of
 * characters, then each counter) is absorbed as {@code h = finalise(h + GAMMA + finalise(w + GAMMA))}, where
 * {@code GAMMA} is 2⁶⁴ divided by the golden ratio and {@code finalise} is the 64-bit variant 13 of the MurmurHash3
 * finaliser, as used by SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 * The hash seeds a {@link SplittableRandom}.
 */
public final class Seeds {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * Returns a new generator for one purpose.
     *
     * @param seed the seed of the whole run
     * @param purpose what the numbers are for; different purposes give independent generators
     * @param counters where in the run they are used, such as the outer loop; different counters give independent
     *     generators
     * @return a generator that is not thread-safe and belongs to the caller
     */
    public static RandomGenerator generator(long seed, String purpose, long... counters) {
        return new SplittableRandom(derive(seed, purpose, counters));
    }

    /**
     * Returns the 64-bit seed that {@link #generator} uses, for code that needs a number instead of a generator.
     *
     * @param seed the seed of the whole run
     * @param purpose what the number is for
     * @param counters where in the run it is used
     * @return the derived seed
     */
    public static long derive(long seed, String purpose, long... counters) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = absorb(hash, purpose.charAt(i));
        }
        hash = absorb(hash, purpose.length());
        for (long counter : counters) {
            hash = absorb(hash, counter);
        }
        return hash;
    }

    /**
     * Returns a uniformly random order of 0..n−1 (Fisher–Yates).
     *
     * @param generator where the random numbers come from; draws n of them
     * @param n how many numbers to order
     * @return a new array of length n
     */
    public static int[] permutation(RandomGenerator generator, int n) {
        return permutation(n, bound -> (int) (((generator.nextLong() >>> 32) * bound) >>> 32));
    }

    /**
     * Returns a random order of 0..n−1 (Fisher–Yates).
     *
     * @param n how many numbers to order
     * @param below draws a number from 0 to its argument − 1; asked for the bounds 1 to n in turn
     * @return a new array of length n
     */
    public static int[] permutation(int n, IntUnaryOperator below) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = below.applyAsInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long absorb(long hash, long word) {
        return finalise(hash + GAMMA + finalise(word + GAMMA));
    }

    private static long finalise(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
