package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.fetch.Downloads;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR-10 in its binary and its Python version.
 *
 * <p>Layout of the binary version, from <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data set's page</a>:
 * five training files and one test file of 10,000 records each; a record is a label byte 0..9 and 3,072 pixel bytes,
 * the red, green and blue plane of a 32x32 image. Each class has 5,000 training and 1,000 test images.
 */
public final class Cifar10 implements DatasetSource {
    /** Channel statistics of the training images, rounded as the dataset condensation literature uses them. */
    public static final Normalization NORMALIZATION =
            new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));

    static final String CITATION = "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009";
    static final String HOMEPAGE = "https://www.cs.toronto.edu/~kriz/cifar.html";

    static final DatasetCard CARD = new DatasetCard(
            "cifar10",
            "photographs of 10 kinds of animals and vehicles, 32x32, 50,000 training and 10,000 test images",
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
            Optional.of(NORMALIZATION),
            CITATION,
            HOMEPAGE,
            List.of(Downloads.CIFAR10));

    private final int recordsPerFile;

    /** Creates the reader of the real files. */
    public Cifar10() {
        this(10_000);
    }

    Cifar10(int recordsPerFile) {
        this.recordsPerFile = recordsPerFile;
    }

    @Override
    public DatasetCard card() {
        return CARD;
    }

    /**
     * Loads both splits; {@code batches.meta.txt}, where present, gives the class names.
     *
     * @param request whose directory holds the files, the folder they are in, or an archive
     * @return the data set; 184 MB
     * @throws DataException if a file is missing, unreadable, of the wrong size, has a label outside 0..9 or the
     *     classes are not equally frequent
     */
    @Override
    public Dataset load(LoadRequest request) {
        return new CifarReader(CifarLayout.TEN, recordsPerFile, recordsPerFile).load(request);
    }
}
