package io.mdc.order;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the images of a class are ordered by. */
public enum OrderBy {
    /** The sum of the errors over the epochs of highest training accuracy (He et al., 2023). */
    LBPE {
        @Override
        List<String> training() {
            return List.of("epochsOrder", "epochsLbpe");
        }

        @Override
        public void requirePossible(OrderConfig config) {
            if (config.epochsLbpe() > config.epochsOrder()) {
                throw new ConfigException(
                        Settings.key(OrderConfig.class, "epochsLbpe"),
                        config.epochsLbpe(),
                        "must not be larger than --" + Settings.key(OrderConfig.class, "epochsOrder") + ", which is "
                                + config.epochsOrder());
            }
        }

        @Override
        int epochs(OrderConfig config) {
            return config.epochsOrder();
        }

        @Override
        List<Integer> counting(List<EpochRecord> epochs, OrderConfig config) {
            return Scores.mostAccurate(epochs, config.epochsLbpe());
        }
    },
    /** The mean of the errors over the first epochs (Paul et al., "Deep Learning on a Data Diet", 2021). */
    EL2N {
        @Override
        List<String> training() {
            return List.of("epochsEl2n");
        }

        @Override
        int epochs(OrderConfig config) {
            return config.epochsEl2n();
        }

        @Override
        List<Integer> counting(List<EpochRecord> epochs, OrderConfig config) {
            return IntStream.range(0, epochs.size()).boxed().toList();
        }
    },
    /** Nothing: a random order. */
    RANDOM {
        @Override
        List<String> training() {
            return List.of();
        }

        @Override
        int epochs(OrderConfig config) {
            return 0;
        }

        @Override
        List<Integer> counting(List<EpochRecord> epochs, OrderConfig config) {
            return List.of();
        }
    };

    /** Settings of the training of networks, whatever counts of it. */
    private static final List<String> TRAINING =
            List.of("networksOrder", "lrOrder", "batchOrder", "augmentOrder", "cutmixOrder");

    /** Components of {@link OrderConfig} that tell for how long networks are trained; none if none are. */
    abstract List<String> training();

    /** Keys of the settings that the order depends on. */
    public Set<String> settings() {
        Stream<String> training =
                training().isEmpty() ? Stream.of() : Stream.concat(training().stream(), TRAINING.stream());
        return Stream.concat(training, Stream.of("seedOrder"))
                .map(component -> Settings.key(OrderConfig.class, component))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Makes sure that no setting of an order was given that this one does not depend on.
     *
     * @throws ConfigException naming one that was
     */
    public void requireKnown(Layer given) {
        Settings.of(OrderConfig.class).stream()
                .map(SettingInfo::key)
                .filter(key -> given.values().containsKey(key) && !settings().contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new ConfigException(
                            key,
                            given.values().get(key),
                            "is not used by --by " + TextForm.kebab(this) + "; leave it out");
                });
    }

    /**
     * Makes sure that there can be such an order by these settings.
     *
     * @throws ConfigException if not
     */
    public void requirePossible(OrderConfig config) {}

    /** How long networks are trained to order by it. */
    abstract int epochs(OrderConfig config);

    /** The epochs, from 0 and ascending, whose errors make the score. */
    abstract List<Integer> counting(List<EpochRecord> epochs, OrderConfig config);
}
