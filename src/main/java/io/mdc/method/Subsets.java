package io.mdc.method;

import io.mdc.subset.AdaptiveSubset;
import io.mdc.subset.Freezing;
import io.mdc.subset.FreezingRule;
import io.mdc.subset.MlsSelection;
import io.mdc.subset.Selection;
import io.mdc.subset.SubsetWeights;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseConfig;
import io.mdc.task.MlsEvent;
import io.mdc.task.Place;
import io.mdc.task.SubsetLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The weights of the losses of all prefixes, for every class, and what follows measurements of them: an adaptive subset
 * shared by all classes, one of its own for each (paper App. B.6), or nothing.
 */
public final class Subsets {
    private final List<AdaptiveSubset> subsets;
    private final SubsetLoss loss;
    private final SubsetWeights weights;
    private final double scale;
    private final int prefixes;
    private final boolean classWise;
    private final ClassShard shard;

    /**
     * None chosen yet.
     *
     * @param shard the classes that are measured here
     */
    public static Subsets anew(CondenseConfig config, ClassShard shard, int classes) {
        Rules rules = Rules.of(config);
        List<AdaptiveSubset> anew = IntStream.range(0, count(config, classes))
                .mapToObj(i -> new AdaptiveSubset(
                        config.synthetic().ipc() - 1,
                        rules.selection,
                        rules.freezing,
                        config.subset().period()))
                .toList();
        return new Subsets(config, shard, anew);
    }

    /**
     * Those of some states.
     *
     * @param shard the classes that are measured here
     * @throws IllegalArgumentException if there are more or fewer states than the settings have subsets
     */
    public static Subsets of(List<AdaptiveSubset.State> states, CondenseConfig config, ClassShard shard, int classes) {
        if (states.size() != count(config, classes)) {
            throw new IllegalArgumentException(
                    states.size() + " subsets where the settings have " + count(config, classes));
        }
        Rules rules = Rules.of(config);
        List<AdaptiveSubset> restored = states.stream()
                .map(state -> new AdaptiveSubset(
                        state, rules.selection, rules.freezing, config.subset().period()))
                .toList();
        return new Subsets(config, shard, restored);
    }

    /** How a subset is chosen: of a loss on all prefixes, what is chosen counts for nothing, but rates are measured. */
    private record Rules(MlsSelection selection, FreezingRule freezing) {
        static Rules of(CondenseConfig config) {
            return config.subsetLoss() == SubsetLoss.ALL
                    ? new Rules(Selection.RATE.rule(), Freezing.NONE.rule())
                    : new Rules(
                            config.subset().selection().rule(),
                            config.subset().freezing().rule());
        }
    }

    private static int count(CondenseConfig config, int classes) {
        int ofAll = config.subset().classWise() ? classes : 1;
        return config.measuresPrefixes() ? ofAll : 0;
    }

    private Subsets(CondenseConfig config, ClassShard shard, List<AdaptiveSubset> subsets) {
        this.subsets = subsets;
        this.shard = shard;
        loss = config.subsetLoss();
        weights = config.subset().subsetWeights();
        scale = config.subset().subsetScale();
        prefixes = config.synthetic().ipc() - 1;
        classWise = config.subset().classWise();
    }

    /** Whether prefixes are measured in outer loop {@code t}. */
    public boolean measures(int t) {
        return !subsets.isEmpty() && subsets.get(0).measures(t);
    }

    /** What the losses of the first 1, 2, …, N − 1 stored images of a class count. */
    double[] weights(int label) {
        double[] mostLearnable = new double[prefixes];
        return switch (loss) {
            case ALL ->
                Arrays.stream(weights.of(
                                prefixes, weights.measured() ? of(label).rate() : null))
                        .map(weight -> scale * weight)
                        .toArray();
            case ADAPTIVE -> {
                if (of(label).size() > 0) {
                    mostLearnable[of(label).size() - 1] = scale;
                }
                yield mostLearnable;
            }
            case NONE, AUTO -> mostLearnable;
        };
    }

    /** The number of leading stored images of a class that rest. */
    int frozen(int label) {
        return subsets.isEmpty() ? 0 : of(label).frozen();
    }

    /** Takes the measurement of a class; what is shared by classes of several processes is {@link #gather}ed later. */
    public void add(Place place, int label, double[] measurement) {
        if (classWise || shard.exchange().isEmpty()) {
            of(label).add(measurement);
        } else {
            shard.exchange().get().tell(place, label, measurement);
        }
    }

    /**
     * Takes what all processes measured in outer loop {@code t}, in the order in which one alone would have; false if
     * it did not come before the stop.
     */
    public boolean gather(int t, BooleanSupplier stop) {
        if (classWise || shard.exchange().isEmpty() || !measures(t)) {
            return true;
        }
        Optional<double[][][]> measured = shard.exchange().get().all(t, stop);
        measured.stream().flatMap(Arrays::stream).flatMap(Arrays::stream).forEachOrdered(subsets.get(0)::add);
        return measured.isPresent();
    }

    /** Selects at the end of outer loop {@code t} if prefixes were measured in it. */
    public List<MlsEvent> select(int t) {
        List<MlsEvent> events = new ArrayList<>();
        if (measures(t)) {
            for (int i = 0; i < subsets.size(); i++) {
                if (!classWise || shard.holds(i)) {
                    events.add(MlsEvent.of(subsets.get(i).select(t), classWise ? i : null));
                }
            }
        }
        return events;
    }

    /** Everything a checkpoint needs. */
    public List<AdaptiveSubset.State> states() {
        return subsets.stream().map(AdaptiveSubset::state).toList();
    }

    /** For progress lines: the size of the MLS, or those of all classes. */
    public String describe() {
        return loss != SubsetLoss.ADAPTIVE
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
