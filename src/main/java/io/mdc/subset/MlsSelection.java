package io.mdc.subset;

/** Picks the most learnable subset from measurements of the prefixes of 1 to N − 1 images. */
public interface MlsSelection {

    /**
     * What a selection saw and chose.
     *
     * @param size the chosen n*, from 1 to N − 1
     * @param score of every prefix; null where there was nothing to compare with
     */
    record Choice(int size, double[] score) {}

    /**
     * Chooses.
     *
     * @param current measurement of every prefix at this selection
     * @param previous at the one before, or null at the first
     * @param period outer loops between selections, Δt
     */
    Choice choose(double[] current, double[] previous, int period);
}
