package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Own images as NumPy arrays: {@code train.npz} and {@code test.npz}, each with {@code images} uint8 {@code [n, C, H,
 * W]}, H = W, and {@code labels} of whole numbers from 0.
 */
public final class NumpyFolder implements DatasetSource {
    private static final DatasetCard CARD = new DatasetCard(
            "npz",
            "own images in train.npz and test.npz: images uint8 [n, C, H, W] and labels",
            List.of(),
            Optional.empty(),
            "",
            "",
            List.of());

    /** One file's content; the labels are copied by the image set that they are for. */
    private record Split(NumpyArray images, int[] labels) {}

    @Override
    public DatasetCard card() {
        return CARD;
    }

    @Override
    public Dataset load(LoadRequest request) {
        request.requireNoImageOptions(name());
        Path folder = request.directory().orElseThrow();
        Path trainFile = folder.resolve("train.npz");
        Path testFile = folder.resolve("test.npz");
        Split train = read(trainFile);
        Split test = read(testFile);
        int classes = Arrays.stream(train.labels()).max().orElse(0) + 1;
        int[] shape = train.images().shape();
        if (!Arrays.equals(shape, 1, 4, test.images().shape(), 1, 4)) {
            throw new DataException(
                    testFile + ": images of " + Arrays.toString(test.images().shape()) + ", those of "
                            + trainFile.getFileName() + " are " + Arrays.toString(shape)
                            + "; all images need one size and as many channels");
        }
        ImageSet trainSet = images(train, classes);
        for (int c = 0; c < classes; c++) {
            if (trainSet.indicesOfClass(c).length == 0) {
                throw new DataException(trainFile + ": no image has label " + c + "; labels must be 0.." + (classes - 1)
                        + " without gaps");
            }
        }
        for (int i = 0; i < test.labels().length; i++) {
            if (test.labels()[i] >= classes) {
                throw new DataException(testFile + ": image " + i + " has label " + test.labels()[i] + ", in "
                        + trainFile.getFileName() + " they are 0.." + (classes - 1));
            }
        }
        return new Dataset(
                name(),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
                trainSet,
                images(test, classes),
                Normalization.ofOwn(trainSet, trainFile),
                List.of(SourceFile.of(trainFile), SourceFile.of(testFile)));
    }

    private static ImageSet images(Split split, int classes) {
        int[] shape = split.images().shape();
        int imageBytes = shape[1] * shape[2] * shape[3];
        ByteBuffer bytes = split.images().bytes();
        return new ImageSet(
                (image, target) -> bytes.get(image * imageBytes, target, 0, imageBytes),
                split.labels(),
                classes,
                shape[1],
                shape[2],
                shape[3]);
    }

    private static Split read(Path file) {
        if (!Files.isReadable(file)) {
            throw new DataException(file
                    + ": no such readable file; a data set of arrays needs train.npz and test.npz in its directory");
        }
        try {
            NumpyArchive archive = NumpyArchive.read(file);
            NumpyArray images = archive.get("images");
            double[] values = archive.get("labels").toDoubles();
            int[] shape = images.shape();
            if (images.type() != NumpyArray.Type.UINT8 || shape.length != 4) {
                throw new IOException("images are " + images.type() + " " + Arrays.toString(shape)
                        + ", needed are uint8 [n, C, H, W]");
            } else if (shape[2] != shape[3]) {
                throw new IOException("images are " + shape[2] + "x" + shape[3] + ", needed are square ones");
            } else if (shape[0] == 0 || values.length != shape[0]) {
                throw new IOException(shape[0] + " images and " + values.length + " labels");
            }
            int[] labels = new int[values.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (int) values[i];
                if (values[i] < 0 || labels[i] != values[i]) {
                    throw new IOException(
                            "image " + i + " has label " + values[i] + ", needed are whole numbers from 0");
                }
            }
            return new Split(images, labels);
        } catch (IOException e) {
            throw new DataException(file + ": not a readable data set of arrays: " + e.getMessage(), e);
        }
    }
}
