package io.mdc.condense;

import io.mdc.subset.AdaptiveSubset;
import io.mdc.subset.FreezingRule;
import io.mdc.subset.MlsSelection;
import java.util.ArrayList;
import java.util.List;

/**
 * The adaptive subset of every class: one shared by all classes, one of its own for each (paper App. B.6), or none at
 * all (without an adaptive subset loss, or with one image per class).
 */
public final class Subsets {
    private final List<AdaptiveSubset> subsets = new ArrayList<>();
    private final boolean classWise;

    /**
     * Goes on from {@code states}, or starts anew if they are null.
     *
     * @throws IllegalArgumentException if there are more or fewer states than the settings have subsets
     */
    Subsets(CondenseConfig config, int classes, List<AdaptiveSubset.State> states) {
        classWise = config.subset().classWise();
        int prefixes = config.synthetic().ipc() - 1;
        boolean none = !config.method().adaptive() || prefixes == 0;
        int count = none ? 0 : classWise ? classes : 1;
        if (states != null && states.size() != count) {
            throw new IllegalArgumentException(states.size() + " subsets where the settings have " + count);
        }
        MlsSelection selection = config.subset().selection().rule();
        FreezingRule freezing = config.subset().freezing().rule();
        int period = config.subset().period();
        for (int i = 0; i < count; i++) {
            subsets.add(
                    states == null
                            ? new AdaptiveSubset(prefixes, selection, freezing, period)
                            : new AdaptiveSubset(states.get(i), selection, freezing, period));
        }
    }

    /** Whether prefixes are measured in outer loop {@code t}. */
    boolean measures(int t) {
        return !subsets.isEmpty() && subsets.get(0).measures(t);
    }

    /** The size of the MLS of a class in stored images, 0 for none. */
    int size(int label) {
        return subsets.isEmpty() ? 0 : of(label).size();
    }

    /** The number of leading stored images of a class that rest. */
    int frozen(int label) {
        return subsets.isEmpty() ? 0 : of(label).frozen();
    }

    /** Takes the measurement of a class. */
    void add(int label, double[] measurement) {
        of(label).add(measurement);
    }

    /** Selects at the end of outer loop {@code t} if prefixes were measured in it. */
    List<MlsEvent> select(int t) {
        List<MlsEvent> events = new ArrayList<>();
        if (measures(t)) {
            for (int i = 0; i < subsets.size(); i++) {
                events.add(MlsEvent.of(subsets.get(i).select(t), classWise ? i : null));
            }
        }
        return events;
    }

    /** Everything a checkpoint needs. */
    List<AdaptiveSubset.State> states() {
        return subsets.stream().map(AdaptiveSubset::state).toList();
    }

    /** For progress lines: the size of the MLS, or those of all classes. */
    String describe() {
        return subsets.isEmpty()
                ? ""
                : String.join(
                        "/",
                        subsets.stream()
                                .map(s -> s.size() == 0 ? "-" : Integer.toString(s.size()))
                                .toList());
    }

    private AdaptiveSubset of(int label) {
        return subsets.get(classWise ? label : 0);
    }
}
