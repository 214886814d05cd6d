package io.mdc.published;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images and labels as a file has them.
 *
 * @param images of any type and shape
 * @param labels of any type and shape
 */
public record PublishedFile(NumpyArray images, NumpyArray labels) {
    private static final List<String> IMAGES = List.of("images", "data");
    private static final List<String> LABELS = List.of("labels", "targets");

    /**
     * Reads a file of {@code torch.save} that holds {@code [images, labels]} or a dictionary of them, or an archive of
     * NumPy with arrays of these names.
     *
     * @throws DataException if it is missing, damaged or has no such arrays
     */
    public static PublishedFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": no such file");
        }
        try {
            return isNumpy(file) ? archive(file) : tensors(TorchFile.read(file));
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": not readable as a condensed set: " + OneLine.reason(e), e);
        }
    }

    private static boolean isNumpy(Path file) throws IOException {
        try {
            return !TorchFile.isArchive(file) && !NumpyArchive.names(file).isEmpty();
        } catch (IOException e) {
            return false; // no archive at all, as files of torch.save once were
        }
    }

    private static PublishedFile archive(Path file) throws IOException {
        Set<String> names = NumpyArchive.names(file);
        String images = first(IMAGES, names);
        String labels = first(LABELS, names);
        NumpyArchive archive = NumpyArchive.read(file, Set.of(images, labels));
        return new PublishedFile(archive.get(images), archive.get(labels));
    }

    private static PublishedFile tensors(Object content) throws IOException {
        if (content instanceof List<?> list && list.size() >= 2) {
            return new PublishedFile(array("images", list.get(0)), array("labels", list.get(1)));
        } else if (content instanceof Map<?, ?> map) {
            String images = first(IMAGES, map.keySet());
            String labels = first(LABELS, map.keySet());
            return new PublishedFile(array(images, map.get(images)), array(labels, map.get(labels)));
        }
        throw new IOException("neither a list of images and labels nor a dictionary of them");
    }

    private static String first(List<String> wanted, Set<?> names) throws IOException {
        return wanted.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> new IOException("nothing called " + String.join(" or ", wanted) + " in it"));
    }

    private static NumpyArray array(String name, Object value) throws IOException {
        if (value instanceof NumpyArray array) {
            return array;
        }
        throw new IOException(name + " are no tensor");
    }
}
