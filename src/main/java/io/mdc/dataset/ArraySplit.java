package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.base.Pixels;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images and labels of one split as a file of arrays has them, before it is known how many classes there are.
 *
 * @param where how messages call it
 * @param pixels one image for each label
 * @param labels from 0; not copied, the image set that they are for does
 * @param channels at least 1
 * @param side height and width, at least 1
 */
record ArraySplit(String where, Pixels pixels, int[] labels, int channels, int side) {

    /**
     * The data set of two splits, whose classes are the labels of the training images.
     *
     * @param files that the splits are from
     * @throws DataException if the labels have gaps, or the splits differ in size, channels or labels
     */
    static Dataset dataset(String name, ArraySplit train, ArraySplit test, List<Path> files) {
        if (train.channels != test.channels || train.side != test.side) {
            throw new DataException(test.where + ": images of " + test.shape() + ", those of " + train.where + " are "
                    + train.shape() + "; all images need one size and as many channels");
        }
        int classes = train.classes();
        for (int i = 0; i < test.labels.length; i++) {
            if (test.labels[i] >= classes) {
                throw new DataException(test.where + ": image " + i + " has label " + test.labels[i] + ", in "
                        + train.where + " they are 0.." + (classes - 1));
            }
        }
        ImageSet trainSet = train.images(classes);
        return new Dataset(
                name,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                trainSet,
                test.images(classes),
                Normalization.ofOwn(trainSet, files.get(0)),
                files.stream().map(SourceFile::of).toList());
    }

    /** How many there are, each with an image: so many that memory for them is never out of proportion. */
    private int classes() {
        int largest = Arrays.stream(labels).max().orElse(0);
        boolean[] seen = new boolean[Math.min(largest, labels.length) + 1];
        for (int label : labels) {
            seen[Math.min(label, labels.length)] = true;
        }
        for (int c = 0; c < seen.length; c++) {
            if (!seen[c]) {
                throw new DataException(where + ": no image has label " + c + "; labels must be 0.." + largest
                        + " without gaps" + (c == 0 ? ", subtract the least of them" : ""));
            }
        }
        return largest + 1;
    }

    private ImageSet images(int classes) {
        return new ImageSet(pixels, labels, classes, channels, side, side);
    }

    private String shape() {
        return channels + "x" + side + "x" + side;
    }
}
