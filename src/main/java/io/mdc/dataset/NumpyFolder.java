package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.file.Archives;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Own images as NumPy arrays: {@code train.npz} and {@code test.npz}, each with {@code images} and {@code labels}, or
 * one file with both splits by the names that MedMNIST or Keras give them; {@link ArrayImages} and {@link ArrayLabels}
 * say what such arrays may be. Other arrays in a file are not looked at.
 */
public final class NumpyFolder implements DatasetSource {
    private static final String ENDING = ".npz";
    private static final String TRAIN = "train" + ENDING;
    private static final String TEST = "test" + ENDING;

    /** Bytes; what a Java array can have, but for a few. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final DatasetCard CARD = new DatasetCard(
            "npz",
            "own images in train.npz and test.npz: images uint8 [n, C, H, W] and labels; or one file of MedMNIST's or"
                    + " Keras' names",
            List.of(),
            Optional.empty(),
            "",
            "",
            List.of());

    /** Names of a split's arrays. */
    private record Names(String images, String labels) {
        static final Names OWN = new Names("images", "labels");
    }

    /** Names of the arrays of both splits in one file. */
    private record Convention(Names train, Names test) {
        static final List<Convention> KNOWN = List.of(
                new Convention(new Names("train_images", "train_labels"), new Names("test_images", "test_labels")),
                new Convention(new Names("x_train", "y_train"), new Names("x_test", "y_test")));

        List<String> names() {
            return List.of(train.images, train.labels, test.images, test.labels);
        }
    }

    /** A split, whether its values are from 0 to 1, and how its arrays were taken. */
    private record Split(ArraySplit content, boolean unit, List<String> notes) {}

    @Override
    public DatasetCard card() {
        return CARD;
    }

    @Override
    public Dataset load(LoadRequest request) {
        request.requireNoImageOptions(name());
        Path given = Archives.folder(request.directory().orElseThrow(), request.space());
        Optional<Path> single = Files.isRegularFile(given) ? Optional.of(given) : onlyArchive(given);
        return single.isPresent() ? oneFile(single.get()) : twoFiles(given.resolve(TRAIN), given.resolve(TEST));
    }

    /**
     * Writes a data set as this source reads it: {@code train.npz} and {@code test.npz}, {@code images} uint8
     * {@code [n, C, H, W]} and {@code labels} int64 {@code [n]}, each replaced in one step.
     *
     * @param folder an existing directory
     * @return the files
     * @throws DataException if a split is larger than one array can be
     * @throws IOException if a file cannot be written
     */
    public static List<Path> save(Dataset data, Path folder) throws IOException {
        return List.of(save(data.train(), folder.resolve(TRAIN)), save(data.test(), folder.resolve(TEST)));
    }

    private static Path save(ImageSet split, Path file) throws IOException {
        long size = (long) split.size() * split.imageBytes();
        if (size > LARGEST_ARRAY) {
            throw new DataException(file + ": would hold " + size + " bytes of images, and can hold " + LARGEST_ARRAY
                    + "; take a smaller --size");
        }
        byte[] images = new byte[(int) size];
        byte[] image = new byte[split.imageBytes()];
        long[] labels = new long[split.size()];
        for (int i = 0; i < labels.length; i++) {
            split.pixels().copy(i, image);
            System.arraycopy(image, 0, images, i * image.length, image.length);
            labels[i] = split.label(i);
        }
        int[] shape = {split.size(), split.channels(), split.height(), split.width()};
        new NumpyArchive()
                .put(Names.OWN.images, new NumpyArray(NumpyArray.Type.UINT8, shape, ByteBuffer.wrap(images)))
                .put(Names.OWN.labels, NumpyArray.of(labels, labels.length))
                .write(file);
        return file;
    }

    /** The one archive in a folder that has not the two that are looked for first. */
    private static Optional<Path> onlyArchive(Path folder) {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(TRAIN)) || Files.exists(folder.resolve(TEST))) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> archives =
                    files.filter(file -> file.toString().endsWith(ENDING)).toList();
            return archives.size() == 1 ? Optional.of(archives.get(0)) : Optional.empty();
        } catch (IOException e) {
            throw new DataException(folder + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    private Dataset twoFiles(Path train, Path test) {
        return dataset(
                read(train, train.toString(), Names.OWN), read(test, test.toString(), Names.OWN), List.of(train, test));
    }

    private Dataset oneFile(Path file) {
        Set<String> present = names(file);
        Convention names = Convention.KNOWN.stream()
                .filter(known -> present.containsAll(known.names()))
                .findFirst()
                .orElseThrow(() -> new DataException(file + ": holds " + list(present) + "; one file with both splits"
                        + " needs train_images, train_labels, test_images and test_labels, or x_train, y_train, x_test"
                        + " and y_test; for " + TRAIN + " and " + TEST + " name their folder"));
        return dataset(
                read(file, file + " (" + names.train.images + ")", names.train),
                read(file, file + " (" + names.test.images + ")", names.test),
                List.of(file));
    }

    private Dataset dataset(Split train, Split test, List<Path> files) {
        List<String> notes = Stream.concat(train.notes.stream(), test.notes.stream())
                .distinct()
                .toList();
        if (train.unit != test.unit) {
            throw new DataException(test.content.where() + ": values from 0 to " + (test.unit ? "1" : "255")
                    + ", those of " + train.content.where() + " are from 0 to " + (train.unit ? "1" : "255")
                    + "; save both as uint8");
        }
        return ArraySplit.dataset(name(), train.content, test.content, files, notes);
    }

    private static Set<String> names(Path file) {
        try {
            return NumpyArchive.names(requireReadable(file));
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static Split read(Path file, String where, Names names) {
        List<String> notes = new ArrayList<>();
        try {
            NumpyArchive archive = NumpyArchive.read(requireReadable(file), Set.of(names.images, names.labels));
            if (!archive.has(names.images) || !archive.has(names.labels)) {
                throw new IOException("it holds " + list(NumpyArchive.names(file)) + ", needed are " + names.images
                        + " and " + names.labels);
            }
            ArrayImages images = ArrayImages.read(archive.get(names.images), notes);
            int[] labels = ArrayLabels.read(archive.get(names.labels), images.count(), notes);
            return new Split(
                    new ArraySplit(where, images.pixels(), labels, images.channels(), images.side()),
                    images.unit(),
                    notes);
        } catch (UnsuitableArrayException e) {
            throw new DataException(where + ": not a readable data set of arrays: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(where, e);
        }
    }

    private static Path requireReadable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DataException(file + ": no such readable file; a data set of arrays needs " + TRAIN + " and "
                    + TEST + ", or one file " + ENDING + " of both, in its directory");
        }
        return file;
    }

    private static DataException unreadable(String where, IOException e) {
        return new DataException(where + ": not a readable data set of arrays: " + OneLine.reason(e), e);
    }

    private static String list(Set<String> names) {
        return names.isEmpty()
                ? "no arrays"
                : names.stream().limit(8).reduce((a, b) -> a + ", " + b).orElseThrow()
                        + (names.size() > 8 ? " and others" : "");
    }
}
