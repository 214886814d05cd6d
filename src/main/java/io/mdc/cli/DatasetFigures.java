package io.mdc.cli;

import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LeftOut;
import io.mdc.data.Normalization;
import io.mdc.report.Table;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@code mdc data show} says of a data set.
 *
 * @param name of the data set
 * @param channels of an image
 * @param height of an image
 * @param width of an image
 * @param train images of the training split
 * @param test images of the test split
 * @param skipped images left out because they cannot be read
 * @param otherFiles numbers of files left out because they are not images, by kind
 * @param classes one entry per class, in the order of the labels
 * @param computed mean and deviation per channel over all training images
 * @param used the same as networks are trained with
 * @param sheet picture that was drawn, or null
 */
record DatasetFigures(
        String name,
        int channels,
        int height,
        int width,
        int train,
        int test,
        int skipped,
        SortedMap<String, Integer> otherFiles,
        List<ClassCount> classes,
        Normalization computed,
        Normalization used,
        String sheet) {
    /** Classes up to which each has a line. */
    private static final int LISTED = 20;

    /** Copies the list and keeps the map from being changed. */
    DatasetFigures {
        classes = List.copyOf(classes);
        otherFiles = Collections.unmodifiableSortedMap(otherFiles);
    }

    /** Images of a class. */
    record ClassCount(String name, int train, int test) {}

    static DatasetFigures of(Dataset data, Path sheet) {
        ImageSet train = data.train();
        ImageSet test = data.test();
        List<ClassCount> classes = IntStream.range(0, data.classes())
                .mapToObj(c -> new ClassCount(
                        data.classNames().get(c), train.indicesOfClass(c).length, test.indicesOfClass(c).length))
                .toList();
        return new DatasetFigures(
                data.name(),
                train.channels(),
                train.height(),
                train.width(),
                train.size(),
                test.size(),
                data.leftOut().badImages(),
                data.leftOut().otherFiles(),
                classes,
                Normalization.of(train),
                data.normalization(),
                sheet == null ? null : sheet.toString());
    }

    /** The figures as a table and lines. */
    String text() {
        Table table = new Table("class", "training", "test");
        if (classes.size() <= LISTED) {
            classes.forEach(c -> table.row(c.name(), c.train(), c.test()));
        }
        table.row("fewest of a class", fewest(true), fewest(false))
                .row("most of a class", most(true), most(false))
                .row("all " + classes.size() + " classes", train, test);
        String left = new LeftOut(skipped, otherFiles).text();
        return name + ": images of " + channels + "x" + height + "x" + width
                + (left.isEmpty() ? "" : ", left out " + left) + "\n" + table
                + "training images  " + text(computed) + "\n"
                + "networks get     " + text(used) + "\n";
    }

    private int fewest(boolean ofTraining) {
        return counts(ofTraining).min().orElse(0);
    }

    private int most(boolean ofTraining) {
        return counts(ofTraining).max().orElse(0);
    }

    private IntStream counts(boolean ofTraining) {
        return classes.stream().mapToInt(ofTraining ? ClassCount::train : ClassCount::test);
    }

    private static String text(Normalization normalization) {
        return "mean " + text(normalization.mean()) + ", std " + text(normalization.std());
    }

    private static String text(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(" "));
    }
}
