package io.mdc.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads CIFAR-10 in its binary version.
 *
 * <p>Layout, from <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the data set's page</a>: five training files
 * and one test file of 10,000 records each; a record is a label byte 0..9 and 3,072 pixel bytes, the red, green and
 * blue plane of a 32x32 image. Each class has 5,000 training and 1,000 test images.
 */
public final class Cifar10 implements DatasetSource {
    /** Channel statistics of the training images, rounded as the dataset condensation literature uses them. */
    public static final Normalization NORMALIZATION =
            new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));

    private static final int CLASSES = 10;
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int IMAGE = CHANNELS * SIDE * SIDE;
    private static final String FOLDER = "cifar-10-batches-bin";
    private static final String NAMES_FILE = "batches.meta.txt";
    private static final List<String> TRAIN_FILES =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final List<String> TEST_FILES = List.of("test_batch.bin");
    private static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

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
        return new DatasetCard(
                "cifar10",
                "photographs of 10 kinds of animals and vehicles, 32x32, 50,000 training and 10,000 test images",
                CLASS_NAMES,
                Optional.of(NORMALIZATION),
                "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
                "https://www.cs.toronto.edu/~kriz/cifar.html",
                Downloads.cifar10());
    }

    @Override
    public boolean readsFiles() {
        return true;
    }

    /**
     * Loads the six files; {@code batches.meta.txt}, where present, gives the class names.
     *
     * @param request whose directory holds the files, or the folder {@code cifar-10-batches-bin} with them
     * @return the data set; 184 MB
     * @throws DataException if a file is missing, unreadable, of the wrong size, has a label outside 0..9 or the
     *     classes are not equally frequent
     */
    @Override
    public Dataset load(LoadRequest request) {
        Path directory = request.directory().orElseThrow();
        Path folder = locate(directory);
        List<Path> trainFiles = TRAIN_FILES.stream().map(folder::resolve).toList();
        List<Path> testFiles = TEST_FILES.stream().map(folder::resolve).toList();
        RecordFiles train = new RecordFiles(trainFiles, recordsPerFile, CLASSES, IMAGE);
        RecordFiles test = new RecordFiles(testFiles, recordsPerFile, CLASSES, IMAGE);
        List<String> classNames = classNames(folder.resolve(NAMES_FILE));
        List<SourceFile> sources = IntStream.range(0, trainFiles.size() + testFiles.size())
                .parallel()
                .mapToObj(i -> i < trainFiles.size() ? train.read(i) : test.read(i - trainFiles.size()))
                .toList();
        return new Dataset(
                name(),
                classNames,
                balanced(train, classNames, folder),
                balanced(test, classNames, folder),
                NORMALIZATION,
                sources);
    }

    private static Path locate(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new DataException(directory + ": no such directory; name the one with CIFAR-10's .bin files");
        }
        Path folder = directory.resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        boolean found = TRAIN_FILES.stream().anyMatch(file -> Files.exists(directory.resolve(file)))
                || Files.exists(directory.resolve(TEST_FILES.get(0)));
        if (!found) {
            throw new DataException(directory + ": neither " + TRAIN_FILES.get(0) + " nor a folder " + FOLDER
                    + " is in it; unpack CIFAR-10's binary version (cifar-10-binary.tar.gz) there");
        }
        return directory;
    }

    private static List<String> classNames(Path file) {
        if (!Files.exists(file)) {
            return CLASS_NAMES;
        }
        List<String> names;
        try {
            names = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read as text (" + e + "); unpack it again or remove it", e);
        }
        if (names.size() != CLASSES) {
            throw new DataException(file + ": " + names.size() + " class names, expected " + CLASSES
                    + ", one per line; unpack it again or remove it");
        }
        return names;
    }

    private static ImageSet balanced(RecordFiles files, List<String> classNames, Path folder) {
        ImageSet set = new ImageSet(files.pixels(), files.labels(), CLASSES, CHANNELS, SIDE, SIDE);
        int expected = set.size() / CLASSES;
        for (int c = 0; c < CLASSES; c++) {
            int count = set.indicesOfClass(c).length;
            if (count != expected) {
                throw new DataException(folder + ": class " + c + " (" + classNames.get(c) + ") has " + count
                        + " images in " + files.describe() + ", expected " + expected
                        + "; a file is corrupt or there twice: unpack them again");
            }
        }
        return set;
    }
}
