package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.dataset.file.Archives;
import io.mdc.fetch.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * SVHN's cropped digits in MATLAB files.
 *
 * <p>Layout, from <a href="http://ufldl.stanford.edu/housenumbers/">the data set's page</a>: {@code train_32x32.mat}
 * and {@code test_32x32.mat} with {@code X [32, 32, 3, n]} of unsigned bytes, column-major (row, column, channel,
 * image), and {@code y [n, 1]} of labels 1..10, 10 being the digit 0; labels 0..9 are taken too.
 */
public final class Svhn implements DatasetSource {
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int CLASSES = 10;
    private static final Set<String> NAMES = Set.of("X", "y");
    private static final int IMAGE = CHANNELS * SIDE * SIDE;
    private static final String TRAIN = Downloads.SVHN_TRAIN.file();
    private static final String TEST = Downloads.SVHN_TEST.file();

    private static final DatasetCard CARD = new DatasetCard(
            "svhn",
            "photographs of house numbers' digits, 32x32, 73,257 training and 26,032 test images",
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
            Optional.of(new Normalization(List.of(0.4377, 0.4438, 0.4728), List.of(0.1980, 0.2010, 0.1970))),
            "Y. Netzer et al., Reading Digits in Natural Images with Unsupervised Feature Learning, 2011",
            "http://ufldl.stanford.edu/housenumbers/",
            List.of(Downloads.SVHN_TRAIN, Downloads.SVHN_TEST));

    @Override
    public DatasetCard card() {
        return CARD;
    }

    @Override
    public Dataset load(LoadRequest request) {
        request.requireNoImageOptions(name());
        Path folder = Archives.folder(request.directory().orElseThrow(), request.space());
        return new Dataset(
                name(),
                CARD.classNames(),
                read(folder.resolve(TRAIN)),
                read(folder.resolve(TEST)),
                CARD.normalization().orElseThrow(),
                List.of(SourceFile.of(folder.resolve(TRAIN)), SourceFile.of(folder.resolve(TEST))));
    }

    private static ImageSet read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DataException(file + ": no such readable file; download it from " + CARD.homepage()
                    + " or name its directory with --data-dir");
        }
        try (Source source = Sources.openFile(file.toFile())) {
            var arrays = new MatReader(source, NAMES, Files.size(file)).readMat();
            Matrix images = arrays.getMatrix("X");
            Matrix labels = arrays.getMatrix("y");
            int[] shape = images.getDimensions();
            int n = labels.getNumElements();
            if (n == 0) {
                throw new IOException("it holds no images");
            }
            if (images.getType() != MatlabType.UInt8
                    || images.getNumElements() != (long) n * IMAGE
                    || shape[0] != SIDE
                    || shape[1] != SIDE
                    || shape[2] != CHANNELS) {
                throw new IOException("X and y are not n images of 32x32x3 bytes and n labels");
            }
            return new ImageSet(pixels(images, n), labels(file, labels), CLASSES, CHANNELS, SIDE, SIDE);
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new DataException(
                    file + ": not SVHN's MATLAB file (" + OneLine.reason(e) + "); download it again", e);
        }
    }

    private static byte[] pixels(Matrix images, int n) {
        byte[] pixels = new byte[Math.multiplyExact(n, IMAGE)];
        int from = 0;
        for (int image = 0; image < n; image++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                int plane = (image * CHANNELS + channel) * SIDE * SIDE;
                for (int column = 0; column < SIDE; column++) {
                    for (int row = 0; row < SIDE; row++) {
                        pixels[plane + row * SIDE + column] = images.getByte(from++);
                    }
                }
            }
        }
        return pixels;
    }

    /** Labels 1..10 as published, or 0..9 as others save them. */
    private static int[] labels(Path file, Matrix matrix) {
        int[] labels = new int[matrix.getNumElements()];
        boolean fromZero = false;
        boolean toTen = false;
        for (int i = 0; i < labels.length; i++) {
            double value = matrix.getDouble(i);
            fromZero |= value == 0;
            toTen |= value == CLASSES;
            if (value < 0 || value > CLASSES || value != Math.rint(value) || (fromZero && toTen)) {
                throw new DataException(file + ": image " + i + " has label " + value
                        + ", expected 1..10, or 0..9; the file is corrupt: download it again");
            }
            labels[i] = (int) value % CLASSES;
        }
        return labels;
    }
}
