package io.mdc.order;

import java.util.List;
import java.util.stream.IntStream;

/** What the images of a class are ordered by. */
public enum OrderBy {
    /** The sum of the errors over the epochs of highest training accuracy (He et al., 2023). */
    LBPE {
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
        int epochs(OrderConfig config) {
            return 0;
        }

        @Override
        List<Integer> counting(List<EpochRecord> epochs, OrderConfig config) {
            return List.of();
        }
    };

    /** How long networks are trained to order by it. */
    abstract int epochs(OrderConfig config);

    /** The epochs, from 0 and ascending, whose errors make the score. */
    abstract List<Integer> counting(List<EpochRecord> epochs, OrderConfig config);
}
