package io.mdc.condense;

import io.mdc.condense.Divergence.Sign;
import io.mdc.engine.Guessing;
import io.mdc.matching.PixelSpace;
import io.mdc.task.CondenseConfig;
import io.mdc.task.Place;
import io.mdc.tensor.Tensor;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Watches a run for signs that it diverges, and tells of each sign once. */
final class DivergenceWatch {
    /** Of the values that were not at a limit at the beginning, the share that may be. */
    private static final double MOST_SATURATED = 0.5;

    /** Images that know no limits leave [0, 1], but not by so much. */
    private static final double LARGEST = 100;

    private final CondenseConfig config;
    private final Guessing guessing;
    private final double saturatedFirst;
    private final Consumer<Divergence> observer;
    private final Set<Sign> seen = EnumSet.noneOf(Sign.class);

    /**
     * A watch of a run whose images are as they were initialised.
     *
     * @param classes of the data set
     */
    DivergenceWatch(CondenseConfig config, int classes, Tensor images, Consumer<Divergence> observer) {
        this.config = config;
        this.observer = observer;
        guessing = Guessing.among(classes);
        saturatedFirst = saturated(images);
    }

    /** Looks at images that were just limited to [0, 1], if they are to be. */
    void images(Tensor images, Place place) {
        if (config.matching().pixels() == PixelSpace.LIMITED) {
            double share = saturated(images);
            if (share > saturatedFirst + MOST_SATURATED * (1 - saturatedFirst)) {
                tellOfImages(Sign.SATURATED_IMAGES, place, share, saturatedFirst);
            }
        } else {
            double largest = largest(images);
            if (largest > LARGEST) {
                tellOfImages(Sign.LARGE_VALUES, place, largest, 1);
            }
        }
    }

    private void tellOfImages(Sign sign, Place place, double value, double normal) {
        if (seen.add(sign)) {
            observer.accept(new Divergence(
                    sign, place, value, normal, "--lr-img " + config.matching().lrImg()));
        }
    }

    /**
     * Looks at a cross-entropy, which may be NaN.
     *
     * @param rate the option by which the network was trained
     */
    void trainingLoss(double loss, String rate, Place place) {
        if (guessing.isFarBelow(loss) && seen.add(Sign.TRAINING_LOSS)) {
            observer.accept(new Divergence(Sign.TRAINING_LOSS, place, loss, guessing.loss(), rate));
        }
    }

    /** Looks at the learning rate of students, which is learned. */
    void studentRate(double rate, Place place) {
        double first = config.student().lrStudent();
        if (rate <= 0 && first > 0 && seen.add(Sign.STUDENT_RATE)) {
            observer.accept(new Divergence(
                    Sign.STUDENT_RATE,
                    place,
                    rate,
                    first,
                    "--lr-rate " + config.student().lrRate()));
        }
    }

    private static double saturated(Tensor images) {
        float[] values = images.toFloats();
        int limits = 0;
        for (float value : values) {
            limits += value <= 0 || value >= 1 ? 1 : 0;
        }
        return (double) limits / values.length;
    }

    private static double largest(Tensor images) {
        double largest = 0;
        for (float value : images.toFloats()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
