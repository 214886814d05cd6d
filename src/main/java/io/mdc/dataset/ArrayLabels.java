package io.mdc.dataset;

import io.mdc.numpy.NumpyArray;
import java.util.Arrays;
import java.util.List;

/** Reads an array of labels: whole numbers, {@code [n]}, {@code [n, 1]} or one-hot {@code [n, classes]}. */
final class ArrayLabels {
    private ArrayLabels() {}

    /**
     * The labels of so many images.
     *
     * @param notes is told how the array was taken if it was not simply {@code [n]}
     * @throws UnsuitableArrayException saying what the array holds, if that is not one label an image
     */
    static int[] read(NumpyArray array, int images, List<String> notes) throws UnsuitableArrayException {
        int[] shape = array.shape();
        long columns = Arrays.stream(shape).filter(n -> n > 1).count();
        if (array.length() == images && columns <= 1) {
            if (shape.length > 1) {
                notes.add("labels as [n, 1]");
            }
            return numbers(array);
        } else if (shape.length == 2 && shape[0] == images && shape[1] > 1) {
            notes.add("labels as one-hot");
            return oneHot(array, images, shape[1]);
        }
        throw new UnsuitableArrayException(images + " images and "
                + (shape.length == 1 ? shape[0] + " labels" : "labels " + Arrays.toString(shape)));
    }

    private static int[] numbers(NumpyArray array) throws UnsuitableArrayException {
        int[] labels = new int[array.length()];
        for (int i = 0; i < labels.length; i++) {
            double value = array.value(i);
            labels[i] = (int) value;
            if (value < 0 || labels[i] != value) {
                throw new UnsuitableArrayException(
                        "image " + i + " has label " + value + ", needed are whole numbers from 0");
            }
        }
        return labels;
    }

    private static int[] oneHot(NumpyArray array, int images, int classes) throws UnsuitableArrayException {
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            int ones = 0;
            for (int c = 0; c < classes; c++) {
                double value = array.value(i * classes + c);
                if (value == 1) {
                    labels[i] = c;
                    ones++;
                } else if (value != 0) {
                    throw new UnsuitableArrayException(
                            "labels of image " + i + " are neither one-hot nor one number; if they are"
                                    + " probabilities, convert them with labels = labels.argmax(1)");
                }
            }
            if (ones != 1) {
                throw new UnsuitableArrayException("image " + i + " has " + ones + " labels of " + classes
                        + ", needed is one an image: leave such images out");
            }
        }
        return labels;
    }
}
