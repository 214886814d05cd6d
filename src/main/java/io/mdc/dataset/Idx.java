package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.file.Archives;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Grey images in the files of MNIST and of what followed it: Fashion-MNIST, KMNIST, EMNIST and others, compressed or
 * not, in the folder given or below it, as torchvision keeps them.
 */
public final class Idx implements DatasetSource {
    private static final int DEPTH = 4;
    private static final List<String> TRAIN = List.of("train");
    private static final List<String> TEST = List.of("t10k", "test");

    private static final DatasetCard CARD = new DatasetCard(
            "idx",
            "MNIST, Fashion-MNIST and the like: train-images-idx3-ubyte, train-labels-idx1-ubyte and t10k-* (.gz)",
            List.of(),
            Optional.empty(),
            "",
            "",
            List.of());

    @Override
    public DatasetCard card() {
        return CARD;
    }

    @Override
    public Dataset load(LoadRequest request) {
        request.requireNoImageOptions(name());
        Path folder = Archives.folder(request.directory().orElseThrow(), request.space());
        Path trainImages = find(folder, TRAIN, "images", 3);
        Path testImages = find(folder, TEST, "images", 3);
        Path trainLabels = find(folder, TRAIN, "labels", 1);
        Path testLabels = find(folder, TEST, "labels", 1);
        return ArraySplit.dataset(
                name(),
                split(trainImages, trainLabels),
                split(testImages, testLabels),
                List.of(trainImages, trainLabels, testImages, testLabels),
                List.of());
    }

    /** The file of that part; where it is there both compressed and not, the latter. */
    private static Path find(Path folder, List<String> splits, String part, int dimensions) {
        Pattern name = Pattern.compile(
                "(.*-)?(" + String.join("|", splits) + ")-" + part + "[-.]idx" + dimensions + "[-.]ubyte(\\.gz)?");
        List<Path> found;
        try {
            found = files(folder, name);
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read (" + e + "); name the directory of the files", e);
        }
        if (found.isEmpty()) {
            throw new DataException(folder + ": no " + splits.get(0) + "-" + part + "-idx"
                    + dimensions + "-ubyte or .gz in it; a data set in IDX files needs train and t10k, images and"
                    + " labels");
        }
        Path first = found.get(0);
        boolean one = found.stream()
                .allMatch(file -> file.equals(first) || file.toString().equals(first + ".gz"));
        if (!one) {
            throw new DataException(folder + ": holds " + found.get(0) + " and " + found.get(found.size() - 1)
                    + "; name the directory of one data set, or one with links to its four files");
        }
        return first;
    }

    /** Those of a name, each once, however many links lead to it. */
    private static List<Path> files(Path folder, Pattern name) throws IOException {
        Map<Path, Path> found = new HashMap<>();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()
                        && name.matcher(file.getFileName().toString()).matches()) {
                    found.merge(file.toRealPath(), file, (one, other) -> one.compareTo(other) < 0 ? one : other);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found.values().stream().sorted().toList();
    }

    private static ArraySplit split(Path images, Path labels) {
        IdxFile pictures = read(images, 3);
        IdxFile numbers = read(labels, 1);
        int[] shape = pictures.shape();
        if (shape[1] != shape[2]) {
            throw new DataException(images + ": images are " + shape[1] + "x" + shape[2] + ", needed are square ones");
        } else if (shape[0] != numbers.shape()[0]) {
            throw new DataException(labels + ": " + numbers.shape()[0] + " labels for the " + shape[0] + " images of "
                    + images.getFileName() + "; download both again");
        }
        int imageBytes = shape[1] * shape[2];
        byte[] bytes = pictures.bytes();
        int[] classes = new int[numbers.bytes().length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = numbers.bytes()[i] & 0xff;
        }
        return new ArraySplit(
                images.toString(),
                (image, target) -> System.arraycopy(bytes, image * imageBytes, target, 0, imageBytes),
                classes,
                1,
                shape[1]);
    }

    private static IdxFile read(Path file, int dimensions) {
        try {
            return IdxFile.read(file, dimensions);
        } catch (IOException e) {
            throw new DataException(
                    file + ": not a readable IDX file (" + OneLine.reason(e) + "); download it again", e);
        }
    }
}
