package io.mdc.published;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import io.mdc.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final String EXPERIMENTS = "data";

    /**
     * Reads a file of {@code torch.save} that holds {@code [images, labels]}, a dictionary of them, or one whose data
     * are a list of such pairs, one for each experiment; two such files of a tensor each; or an archive of NumPy with
     * arrays of these names.
     *
     * @throws DataException if it is missing, damaged or has no such arrays
     * @throws ConfigException if it has no experiment of that number
     */
    public static PublishedFile read(PublishedPlace place) {
        List<PublishedFile> experiments = place.labels()
                .map(labels -> List.of(new PublishedFile(alone("images", place.file()), alone("labels", labels))))
                .orElseGet(() -> reading(place.file(), PublishedFile::experiments));
        int experiment = place.experiment();
        if (experiment < 1 || experiment > experiments.size()) {
            throw new ConfigException(
                    "experiment",
                    experiment,
                    experiments.size() == 1
                            ? "must be 1: " + place.file() + " holds one set"
                            : "must be a whole number from 1 to " + experiments.size() + ": so many sets does "
                                    + place.file() + " hold");
        }
        return experiments.get(experiment - 1);
    }

    /** The tensor that is all of a file. */
    private static NumpyArray alone(String name, Path file) {
        return reading(file, path -> array(name, TorchFile.read(path)));
    }

    /** Reads something of a file. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private static <T> T reading(Path file, Reader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": no such file");
        }
        try {
            return reader.read(file);
        } catch (IOException | RuntimeException e) {
            throw new DataException(file + ": not readable as a condensed set: " + OneLine.reason(e), e);
        }
    }

    private static List<PublishedFile> experiments(Path file) throws IOException {
        if (isNumpy(file)) {
            return List.of(archive(file));
        }
        Object content = TorchFile.read(file);
        if (content instanceof Map<?, ?> map && map.get(EXPERIMENTS) instanceof List<?> list && !list.isEmpty()) {
            List<PublishedFile> all = new ArrayList<>();
            for (Object pair : list) {
                all.add(tensors(pair));
            }
            return all;
        }
        return List.of(tensors(content));
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
        } else if (content instanceof NumpyArray) {
            throw new IOException("a tensor alone; --labels names the file of the labels");
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
