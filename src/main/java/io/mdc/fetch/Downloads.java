package io.mdc.fetch;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files that authors of data sets publish, with sizes and checksums.
 *
 * <p>CIFAR's checksums are those of <a href="https://www.cs.toronto.edu/~kriz/cifar.html">its page</a>; SVHN's authors
 * publish none, these are the ones torchvision compares with ({@code torchvision/datasets/svhn.py}). Sizes of all but
 * the Python versions are those of TensorFlow Datasets ({@code tensorflow_datasets/url_checksums/cifar10.txt},
 * {@code cifar100.txt}, {@code svhn_cropped.txt}); those of the Python versions are what the server announces to Keras'
 * {@code cifar10.load_data} and {@code cifar100.load_data}.
 */
public final class Downloads {
    private static final String CIFAR = "https://www.cs.toronto.edu/~kriz/";
    private static final String SVHN = "http://ufldl.stanford.edu/housenumbers/";

    /** CIFAR-10 in its binary version, an archive. */
    public static final Download CIFAR10 =
            md5(CIFAR, "cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530");

    /** The same images as Python pickles. */
    public static final Download CIFAR10_PYTHON =
            md5(CIFAR, "cifar-10-python.tar.gz", 170_498_071, "c58f30108f718f92721af3b95e74349a");

    /** CIFAR-100 in its binary version, an archive. */
    public static final Download CIFAR100 =
            md5(CIFAR, "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8");

    /** The same images as Python pickles. */
    public static final Download CIFAR100_PYTHON =
            md5(CIFAR, "cifar-100-python.tar.gz", 169_001_437, "eb9058c3a382ffc7106e4002c42a8d85");

    /** SVHN's cropped digits for training, a MATLAB file. */
    public static final Download SVHN_TRAIN =
            md5(SVHN, "train_32x32.mat", 182_040_794, "e26dedcc434d2e4c54c9b2d4a06d8373");

    /** SVHN's cropped digits for test, a MATLAB file. */
    public static final Download SVHN_TEST =
            md5(SVHN, "test_32x32.mat", 64_275_384, "eb5a983be6a315427106f1b164d9cef3");

    private static final List<Download> ALL =
            List.of(CIFAR10, CIFAR10_PYTHON, CIFAR100, CIFAR100_PYTHON, SVHN_TRAIN, SVHN_TEST);

    private Downloads() {}

    /**
     * Finds what is known of a file by its name.
     *
     * @param file name without a directory
     * @return nothing if no data set's authors publish a file of this name
     */
    public static Optional<Download> named(String file) {
        return ALL.stream().filter(download -> download.file().equals(file)).findFirst();
    }

    /**
     * Writes a number of bytes in millions, as people compare downloads.
     *
     * @param bytes at least 0
     * @return for example {@code 170.1 MB}
     */
    public static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static Download md5(String base, String file, long bytes, String checksum) {
        return new Download(file, List.of(URI.create(base + file)), bytes, Download.Algorithm.MD5, checksum);
    }
}
