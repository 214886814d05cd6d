package io.mdc.tensor;

import java.util.Arrays;

/**
 * Samples of a batch that belong together: group g has those from {@code ends[g − 1]}, or 0, to {@code ends[g]}; none
 * is empty. What is summed over samples is summed for each group, and each may have weights of its own.
 *
 * @param ends ascending, the last being the number of samples; never written to
 */
public record Groups(int... ends) {
    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if there are none, or one is empty
     */
    public Groups {
        int before = 0;
        for (int end : ends) {
            if (end <= before) {
                throw new IllegalArgumentException("groups of samples that end at " + Arrays.toString(ends));
            }
            before = end;
        }
        if (ends.length == 0) {
            throw new IllegalArgumentException("no groups of samples");
        }
    }

    /** All of {@code samples} samples as one group. */
    public static Groups whole(int samples) {
        return new Groups(samples);
    }

    /** The number of groups. */
    public int count() {
        return ends.length;
    }

    /** The number of samples. */
    public int samples() {
        return ends[ends.length - 1];
    }

    /** The first sample of group {@code g}. */
    public int start(int g) {
        return g == 0 ? 0 : ends[g - 1];
    }

    /** One after the last sample of group {@code g}. */
    public int end(int g) {
        return ends[g];
    }

    /** The number of samples of group {@code g}. */
    public int size(int g) {
        return end(g) - start(g);
    }

    /**
     * Fails if there are several, where a backend takes one.
     *
     * @throws UnsupportedOperationException if there are several
     */
    void requireOne() {
        if (ends.length > 1) {
            throw new UnsupportedOperationException(ends.length + " groups of samples on a backend that takes one");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Groups groups && Arrays.equals(ends, groups.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
        return "Groups" + Arrays.toString(ends);
    }
}
