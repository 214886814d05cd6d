package io.mdc.subset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The adaptive subset of one class, or of all classes together: collects measurements over an outer loop, and at the
 * end of every measuring loop selects the MLS and what is frozen, for use from the next outer loop on.
 *
 * <p>Measured at t = 1 and at every t divisible by the period. Before the first selection there is no subset loss.
 */
public final class AdaptiveSubset {

    /**
     * All that a later run needs to go on; from the outside only written to and read from checkpoints.
     *
     * @param selected the size of every MLS so far
     * @param previous the measurement of the last selection, null before the first
     * @param sums of the measurements of the present outer loop, per prefix
     * @param counts of those measurements, per prefix
     * @param rate of change per prefix at the last selection; null where there was none
     */
    public record State(List<Integer> selected, double[] previous, double[] sums, int[] counts, double[] rate) {
        /** Copies everything. */
        public State {
            selected = List.copyOf(selected);
            previous = copy(previous);
            sums = sums.clone();
            counts = counts.clone();
            rate = copy(rate);
        }

        @Override
        public double[] previous() {
            return copy(previous);
        }

        @Override
        public double[] sums() {
            return sums.clone();
        }

        @Override
        public int[] counts() {
            return counts.clone();
        }

        @Override
        public double[] rate() {
            return copy(rate);
        }
    }

    /**
     * One selection.
     *
     * @param outer the outer loop t after which it was made
     * @param selected n*
     * @param frozen the number of leading images that rest until the next selection
     * @param distance mean measurement per prefix over the outer loop
     * @param rate of change per prefix; null where the selection rule has none
     */
    public record Event(int outer, int selected, int frozen, double[] distance, double[] rate) {
        /** Copies the arrays. */
        public Event {
            distance = copy(distance);
            rate = copy(rate);
        }

        @Override
        public double[] distance() {
            return copy(distance);
        }

        @Override
        public double[] rate() {
            return copy(rate);
        }
    }

    private static double[] copy(double[] values) {
        return values == null ? null : values.clone();
    }

    private final MlsSelection selection;
    private final FreezingRule freezing;
    private final int period;
    private final List<Integer> selected;
    private double[] previous;
    private final double[] sums;
    private final int[] counts;
    private double[] rate;

    /** A subset that has not been selected yet, among {@code prefixes} = N − 1 prefixes. */
    public AdaptiveSubset(int prefixes, MlsSelection selection, FreezingRule freezing, int period) {
        this(new State(List.of(), null, new double[prefixes], new int[prefixes], null), selection, freezing, period);
    }

    /** Goes on from a state. */
    public AdaptiveSubset(State state, MlsSelection selection, FreezingRule freezing, int period) {
        this.selection = selection;
        this.freezing = freezing;
        this.period = period;
        selected = new ArrayList<>(state.selected());
        previous = state.previous();
        sums = state.sums();
        counts = state.counts();
        rate = state.rate();
    }

    /** A copy of all that changes. */
    public State state() {
        return new State(selected, previous, sums, counts, rate);
    }

    /** Whether outer loop {@code t}, from 1, is one in which prefixes are measured. */
    public boolean measures(int t) {
        return sums.length > 0 && (t == 1 || t % period == 0);
    }

    /** The size of the MLS in stored images, 0 before the first selection. */
    public int size() {
        return selected.isEmpty() ? 0 : selected.get(selected.size() - 1);
    }

    /** The rate of change of every prefix at the last selection; null if it had none. */
    public double[] rate() {
        return copy(rate);
    }

    /** The number of leading stored images that rest. */
    public int frozen() {
        return selected.isEmpty() ? 0 : freezing.frozen(selected);
    }

    /** Adds a measurement of every prefix to the mean of this outer loop; NaN entries are left out. */
    public void add(double[] measurement) {
        for (int n = 0; n < sums.length; n++) {
            if (!Double.isNaN(measurement[n])) {
                sums[n] += measurement[n];
                counts[n]++;
            }
        }
    }

    /** Selects from the measurements of outer loop {@code t} and forgets them; call only if it {@link #measures}. */
    public Event select(int t) {
        double[] mean = new double[sums.length];
        Arrays.setAll(mean, n -> sums[n] / counts[n]);
        MlsSelection.Choice choice = selection.choose(mean, previous, period);
        selected.add(choice.size());
        previous = mean;
        rate = choice.score();
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        return new Event(t, choice.size(), frozen(), mean, choice.score());
    }
}
