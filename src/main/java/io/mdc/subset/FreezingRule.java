package io.mdc.subset;

import java.util.List;

/** Decides how many leading images get no gradient until the next selection (paper Eq. 10). */
public interface FreezingRule {

    /**
     * The number of leading stored images that rest.
     *
     * @param selected the size of every MLS so far, the new one last; not empty
     */
    int frozen(List<Integer> selected);

    /**
     * The paper: if the new MLS is larger than its predecessor, the predecessor rests; otherwise all images are
     * updated.
     */
    static int smallerPredecessor(List<Integer> selected) {
        int last = selected.size() - 1;
        return last > 0 && selected.get(last) > selected.get(last - 1) ? selected.get(last - 1) : 0;
    }

    /** The authors' code: the largest MLS of any earlier period that is smaller than the new one rests. */
    static int largestSmaller(List<Integer> selected) {
        int current = selected.get(selected.size() - 1);
        return selected.stream()
                .mapToInt(Integer::intValue)
                .filter(n -> n < current)
                .max()
                .orElse(0);
    }
}
