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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images and labels of one split as a file of arrays has them, before it is known which classes there are.
 *
 * @param where how messages call it
 * @param pixels one image for each label
 * @param labels from 0 or 1; not copied, the image set that they are for does
 * @param channels at least 1
 * @param side height and width, at least 1
 */
record ArraySplit(String where, Pixels pixels, int[] labels, int channels, int side) {

    /**
     * The data set of two splits, whose classes are the labels of the training images, from 0 or, less one, from 1.
     *
     * @param files that the splits are from
     * @param notes how their arrays were taken where that may be told
     * @throws DataException if the labels have gaps, or the splits differ in size, channels or labels
     */
    static Dataset dataset(String name, ArraySplit train, ArraySplit test, List<Path> files, List<String> notes) {
        if (train.channels != test.channels || train.side != test.side) {
            throw new DataException(test.where + ": images of " + test.shape() + ", those of " + train.where + " are "
                    + train.shape() + "; all images need one size and as many channels");
        }
        int first = train.least() == 1 && test.least() > 0 ? 1 : 0;
        int last = train.last(first);
        for (int i = 0; i < test.labels.length; i++) {
            if (test.labels[i] > last) {
                throw new DataException(test.where + ": image " + i + " has label " + test.labels[i] + ", in "
                        + train.where + " they are " + first + ".." + last);
            }
        }
        int classes = last - first + 1;
        ImageSet trainSet = train.images(first, classes);
        Dataset data = new Dataset(
                name,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                trainSet,
                test.images(first, classes),
                Normalization.ofOwn(trainSet, files.get(0)),
                files.stream().map(SourceFile::of).toList());
        List<String> told = first == 0
                ? notes
                : Stream.concat(notes.stream(), Stream.of("labels as 1.." + last + ", less 1"))
                        .toList();
        if (!told.isEmpty()) {
            log().info("{}: took {}", files.get(0), String.join("; ", told));
        }
        return data;
    }

    private int least() {
        return Arrays.stream(labels).min().orElse(0);
    }

    /**
     * The largest label, each from the first on having an image: so few that memory for them is never out of
     * proportion.
     */
    private int last(int first) {
        int largest = Arrays.stream(labels).max().orElse(0);
        boolean[] seen = new boolean[Math.min(largest, labels.length) + 1];
        for (int label : labels) {
            seen[Math.min(label, labels.length)] = true;
        }
        for (int c = first; c < seen.length; c++) {
            if (!seen[c]) {
                throw new DataException(where + ": no image has label " + c + "; labels must be " + first + ".."
                        + largest + " without gaps" + (c == 0 ? ", subtract the least of them" : ""));
            }
        }
        return largest;
    }

    private ImageSet images(int first, int classes) {
        int[] fromZero = Arrays.stream(labels).map(label -> label - first).toArray();
        return new ImageSet(pixels, fromZero, classes, channels, side, side);
    }

    private String shape() {
        return channels + "x" + side + "x" + side;
    }

    /** Got when there is something to say: starting the logging takes 0.15 s, and every command names all data sets. */
    private static Logger log() {
        return LoggerFactory.getLogger(ArraySplit.class);
    }
}
