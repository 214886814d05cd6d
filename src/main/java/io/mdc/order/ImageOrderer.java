package io.mdc.order;

import io.mdc.base.Seeds;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.CondensedSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Orders the training images of a condensed set. */
public final class ImageOrderer {
    private final OrderBy by;
    private final OrderConfig config;
    private final CondensedSet set;
    private final OrderTraining training;

    /** Told how far the training of networks is. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Called after every epoch; what it throws ends the ordering.
         *
         * @param network from 0
         * @param epoch from 0
         * @param accuracy share of the images that the network put into their class
         */
        void epochDone(int network, int epoch, double accuracy);
    }

    /**
     * An orderer of {@code set}; nothing is trained yet.
     *
     * @param by what the order is by
     * @param config how networks are trained and what counts of it
     * @param sgd momentum and weight decay of that training
     * @param normalization of the images
     * @param runner runs the network, which is one for the images and classes of the set
     */
    public ImageOrderer(
            OrderBy by,
            OrderConfig config,
            Sgd sgd,
            CondensedSet set,
            Normalization normalization,
            ChunkedGraph runner) {
        this.by = by;
        this.config = config;
        this.set = set;
        training = new OrderTraining(
                config, sgd, set.trainingImages(runner.graph().backend(), normalization), normalization, runner);
    }

    /** Epochs of training that {@link #order} takes, all networks together. */
    public long epochs() {
        return by.epochs(config) * (long) config.networksOrder();
    }

    /**
     * Trains the networks that the order asks for and puts the images of each class into it.
     *
     * @throws io.mdc.setting.ConfigException if a training diverges
     */
    public Order order(Observer observer) {
        int perClass = set.trainingImagesPerClass();
        if (epochs() == 0) {
            return Order.random(set.classes(), perClass, config.seedOrder());
        }
        double[] scores = new double[set.classes() * perClass];
        List<List<Integer>> counting = new ArrayList<>();
        for (int network = 0; network < config.networksOrder(); network++) {
            List<EpochRecord> epochs = train(network, observer);
            List<Integer> chosen = by.counting(epochs, config);
            double[] own = Scores.sum(chosen.stream().map(epochs::get).toList());
            Arrays.setAll(scores, i -> scores[i] + own[i]);
            counting.add(chosen);
        }
        return Order.ascending(scores, perClass, counting);
    }

    private List<EpochRecord> train(int network, Observer observer) {
        return training.train(
                by.epochs(config),
                Seeds.derive(config.seedOrder(), "order", network),
                (epoch, number) -> observer.epochDone(network, number, epoch.accuracy()));
    }
}
