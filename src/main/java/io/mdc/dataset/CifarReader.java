package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.SourceFile;
import io.mdc.dataset.file.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads CIFAR-10 and CIFAR-100, as binary files or as Python pickles, unpacked or as archives. */
final class CifarReader {
    static final int SIDE = 32;
    static final int CHANNELS = 3;
    static final int IMAGE = CHANNELS * SIDE * SIDE;

    private final CifarLayout layout;
    private final int trainRecords;
    private final int testRecords;

    /** A reader of files with so many records, training files being all alike. */
    CifarReader(CifarLayout layout, int trainRecords, int testRecords) {
        this.layout = layout;
        this.trainRecords = trainRecords;
        this.testRecords = testRecords;
    }

    Dataset load(LoadRequest request) {
        request.requireNoImageOptions(layout.card().name());
        Path directory = request.directory().orElseThrow();
        if (!Files.exists(directory)) {
            throw new DataException(
                    directory + ": no such directory; name the one with " + layout.title() + "'s files or archive");
        }
        Path folder =
                Archives.folder(directory, unpackedThere(directory) ? List.of() : layout.archives(), request.space());
        Path binary = locate(folder, layout.binaryFolder(), layout.binaryFiles());
        if (binary != null) {
            return binary(binary);
        }
        Path pickles = locate(folder, layout.pickleFolder(), layout.pickleFiles());
        if (pickles != null) {
            return new CifarPickles(layout, trainRecords, testRecords).load(pickles);
        }
        throw new DataException(directory + ": neither " + layout.binaryTrain().get(0) + " nor a folder "
                + layout.binaryFolder() + " or " + layout.pickleFolder() + " is in it; put "
                + String.join(" or ", layout.archives()) + " there, or unpack one");
    }

    private boolean unpackedThere(Path directory) {
        return locate(directory, layout.binaryFolder(), layout.binaryFiles()) != null
                || locate(directory, layout.pickleFolder(), layout.pickleFiles()) != null;
    }

    private static Path locate(Path directory, String inner, List<String> files) {
        Path folder = directory.resolve(inner);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return files.stream().anyMatch(file -> Files.exists(directory.resolve(file))) ? directory : null;
    }

    private Dataset binary(Path folder) {
        List<Path> trainFiles =
                layout.binaryTrain().stream().map(folder::resolve).toList();
        List<Path> testFiles = List.of(folder.resolve(layout.binaryTest()));
        RecordFiles train = new RecordFiles(trainFiles, trainRecords, layout.classes(), layout.labelBytes(), IMAGE);
        RecordFiles test = new RecordFiles(testFiles, testRecords, layout.classes(), layout.labelBytes(), IMAGE);
        List<String> classNames = classNames(folder.resolve(layout.binaryNames()));
        List<SourceFile> sources = IntStream.range(0, trainFiles.size() + 1)
                .parallel()
                .mapToObj(i -> i < trainFiles.size() ? train.read(i) : test.read(0))
                .toList();
        return layout.dataset(
                classNames,
                balanced(train.pixels(), train.labels(), classNames, folder, train.describe()),
                balanced(test.pixels(), test.labels(), classNames, folder, test.describe()),
                sources);
    }

    private List<String> classNames(Path file) {
        if (!Files.exists(file)) {
            return layout.card().classNames();
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": not a file of class names; unpack it again or remove it");
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
        if (names.size() != layout.classes()) {
            throw new DataException(file + ": " + names.size() + " class names, expected " + layout.classes()
                    + ", one per line; unpack it again or remove it");
        }
        return names;
    }

    /** All classes of a CIFAR data set have equally many images. */
    static ImageSet balanced(byte[] pixels, int[] labels, List<String> classNames, Path folder, String files) {
        int classes = classNames.size();
        ImageSet set = new ImageSet(pixels, labels, classes, CHANNELS, SIDE, SIDE);
        int expected = set.size() / classes;
        for (int c = 0; c < classes; c++) {
            int count = set.indicesOfClass(c).length;
            if (count != expected) {
                throw new DataException(folder + ": class " + c + " (" + classNames.get(c) + ") has " + count
                        + " images in " + files + ", expected " + expected
                        + "; a file is corrupt or there twice: unpack them again");
            }
        }
        return set;
    }
}
