package io.mdc.data;

import java.net.URI;
import java.util.List;

/**
 * The files that the authors of data sets publish.
 *
 * <p>Checksums of CIFAR: <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data sets' page</a>. Checksums of
 * SVHN, whose page has none, and all sizes: as torchvision's {@code datasets} and TensorFlow Datasets' checksum files
 * list them.
 */
final class Downloads {
    private static final String CIFAR = "https://www.cs.toronto.edu/~kriz/";
    private static final String SVHN = "http://ufldl.stanford.edu/housenumbers/";

    private Downloads() {}

    static List<Download> cifar10() {
        return List.of(of(CIFAR, "cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530"));
    }

    static List<Download> cifar100() {
        return List.of(of(CIFAR, "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8"));
    }

    static List<Download> svhn() {
        return List.of(
                of(SVHN, "train_32x32.mat", 182_040_794, "e26dedcc434d2e4c54c9b2d4a06d8373"),
                of(SVHN, "test_32x32.mat", 64_275_384, "eb5a983be6a315427106f1b164d9cef3"));
    }

    private static Download of(String folder, String file, long bytes, String md5) {
        return new Download(file, List.of(URI.create(folder + file)), bytes, "MD5", md5);
    }
}
