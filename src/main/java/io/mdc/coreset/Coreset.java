package io.mdc.coreset;

import java.util.random.RandomGenerator;

/** A rule that chooses, of many points, a few that stand for all; keeps nothing. */
public interface Coreset {

    /**
     * Chooses points.
     *
     * @param points of one length, finite; read only
     * @param count how many, at least 1
     * @param random for rules that leave something to chance
     * @return numbers of distinct points, those to take first coming first
     * @throws IllegalArgumentException if there are fewer points
     */
    int[] choose(double[][] points, int count, RandomGenerator random);
}
