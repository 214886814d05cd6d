package io.mdc.dataset;

import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.ImageSet;
import io.mdc.data.SourceFile;
import io.mdc.fetch.Downloads;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the files of a CIFAR data set are and what is in them, in both versions that its authors publish (<a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">the data sets' page</a>).
 *
 * @param card what is known of the data set
 * @param title how messages call it
 * @param binaryFolder what the binary archive unpacks to
 * @param binaryTrain training files of equally many records
 * @param binaryTest the test file
 * @param binaryNames text file of class names
 * @param labelBytes label bytes of a record; the last one counts
 * @param pickleFolder what the Python archive unpacks to
 * @param pickleTrain training pickles
 * @param pickleTest the test pickle
 * @param pickleMeta the pickle with class names
 * @param labelKey key of the labels in a pickle
 * @param namesKey key of the class names
 * @param archives names of both archives
 */
record CifarLayout(
        DatasetCard card,
        String title,
        String binaryFolder,
        List<String> binaryTrain,
        String binaryTest,
        String binaryNames,
        int labelBytes,
        String pickleFolder,
        List<String> pickleTrain,
        String pickleTest,
        String pickleMeta,
        String labelKey,
        String namesKey,
        List<String> archives) {

    static final CifarLayout TEN = new CifarLayout(
            Cifar10.CARD,
            "CIFAR-10",
            "cifar-10-batches-bin",
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin",
            "batches.meta.txt",
            1,
            "cifar-10-batches-py",
            List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"),
            "test_batch",
            "batches.meta",
            "labels",
            "label_names",
            List.of(Downloads.CIFAR10.file(), Downloads.CIFAR10_PYTHON.file()));

    static final CifarLayout HUNDRED = new CifarLayout(
            Cifar100.CARD,
            "CIFAR-100",
            "cifar-100-binary",
            List.of("train.bin"),
            "test.bin",
            "fine_label_names.txt",
            2,
            "cifar-100-python",
            List.of("train"),
            "test",
            "meta",
            "fine_labels",
            "fine_label_names",
            List.of(Downloads.CIFAR100.file(), Downloads.CIFAR100_PYTHON.file()));

    int classes() {
        return card.classNames().size();
    }

    List<String> binaryFiles() {
        return Stream.concat(binaryTrain.stream(), Stream.of(binaryTest)).toList();
    }

    List<String> pickleFiles() {
        return Stream.concat(pickleTrain.stream(), Stream.of(pickleTest)).toList();
    }

    Dataset dataset(List<String> classNames, ImageSet train, ImageSet test, List<SourceFile> sources) {
        return new Dataset(
                card.name(), classNames, train, test, card.normalization().orElseThrow(), sources);
    }
}
