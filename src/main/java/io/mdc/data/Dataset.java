package io.mdc.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Training and test images with what is known about them.
 *
 * @param name as in the list of data sets
 * @param classNames one per class, in the order of the labels; copied
 * @param train the images to condense
 * @param test the images accuracy is measured on; same shape and classes as {@code train}
 * @param normalization the channel statistics networks are trained with
 * @param sources where the bytes came from; copied
 * @param leftOut files that lay among those of the data set and are not part of it
 */
public record Dataset(
        String name,
        List<String> classNames,
        ImageSet train,
        ImageSet test,
        Normalization normalization,
        List<SourceFile> sources,
        LeftOut leftOut) {
    /** A data set of which nothing was left out. */
    public Dataset(
            String name,
            List<String> classNames,
            ImageSet train,
            ImageSet test,
            Normalization normalization,
            List<SourceFile> sources) {
        this(name, classNames, train, test, normalization, sources, LeftOut.NOTHING);
    }

    /**
     * Checks that the parts fit together.
     *
     * @param name the data set
     * @param classNames one per class
     * @param train training images
     * @param test test images
     * @param normalization one mean and deviation per channel
     * @param sources may be empty
     * @param leftOut what is not part of it
     * @throws IllegalArgumentException if a split has no images, or shapes, numbers of classes or channels differ
     */
    public Dataset {
        classNames = List.copyOf(classNames);
        sources = List.copyOf(sources);
        if (train.size() == 0 || test.size() == 0) {
            throw new IllegalArgumentException("data set " + name + " has " + train.size() + " training images and "
                    + test.size() + " test images");
        }
        if (classNames.size() != train.classes() || train.classes() != test.classes()) {
            throw new IllegalArgumentException("data set " + name + " has " + classNames.size() + " class names, "
                    + train.classes() + " classes in training and " + test.classes() + " in test");
        }
        if (!shape(train).equals(shape(test))) {
            throw new IllegalArgumentException("data set " + name + " has training images of " + shape(train)
                    + " and test images of " + shape(test));
        }
        if (normalization.channels() != train.channels()) {
            throw new IllegalArgumentException("data set " + name + " has images of " + shape(train)
                    + " and a normalization of " + normalization.channels() + " channels");
        }
    }

    /**
     * Returns the number of classes.
     *
     * @return at least 1
     */
    public int classes() {
        return classNames.size();
    }

    /** SHA-256 of what it gives: files or their decoded images, names of classes, and labels. */
    public String checksum() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        sources.forEach(source -> digest.update(source.sha256().getBytes(StandardCharsets.UTF_8)));
        classNames.forEach(className -> digest.update((className + "\n").getBytes(StandardCharsets.UTF_8)));
        digest.update(labels(train));
        digest.update(labels(test));
        return Hex.encodeHexString(digest.digest());
    }

    private static byte[] labels(ImageSet images) {
        ByteBuffer labels = ByteBuffer.allocate(Integer.BYTES * images.size());
        for (int i = 0; i < images.size(); i++) {
            labels.putInt(images.label(i));
        }
        return labels.array();
    }

    private static String shape(ImageSet set) {
        return set.channels() + "x" + set.height() + "x" + set.width();
    }
}
