package io.mdc.order;

import java.util.Arrays;

/**
 * What a network made of every image in one epoch of its training, each as it was augmented and mixed in its batch.
 * Immutable.
 */
public final class EpochRecord {
    private final double[] errors;
    private final double accuracy;

    private EpochRecord(double[] errors, double accuracy) {
        this.errors = errors;
        this.accuracy = accuracy;
    }

    /**
     * The record of an epoch.
     *
     * @param probabilities softmax {@code [images · classes]}, row-major
     * @param labels of the images
     * @param accuracy share of the images that the network put into their class
     * @throws IllegalArgumentException if there are not as many probabilities for each image as there are labels
     */
    public static EpochRecord of(double[] probabilities, int[] labels, double accuracy) {
        int classes = labels.length == 0 ? 0 : probabilities.length / labels.length;
        if (classes == 0 || probabilities.length != classes * labels.length) {
            throw new IllegalArgumentException(probabilities.length + " probabilities of " + labels.length + " images");
        }
        double[] errors = new double[labels.length];
        for (int i = 0; i < errors.length; i++) {
            double squares = 0;
            for (int k = 0; k < classes; k++) {
                double difference = probabilities[i * classes + k] - (k == labels[i] ? 1 : 0);
                squares += difference * difference;
            }
            errors[i] = Math.sqrt(squares);
        }
        return new EpochRecord(errors, accuracy);
    }

    /** The number of images. */
    int images() {
        return errors.length;
    }

    /** How far the softmax of an image is from its label: ‖p − onehot(y)‖₂. */
    double error(int image) {
        return errors[image];
    }

    /** Whether the network still gave numbers. */
    boolean isFinite() {
        return Arrays.stream(errors).allMatch(Double::isFinite);
    }

    /** The training accuracy, from 0 to 1. */
    double accuracy() {
        return accuracy;
    }
}
