package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.data.Cache;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Which images to condense.
 *
 * @param dataset the data set
 * @param dataDir directory with its files; empty for a data set that needs none
 * @param size height and width to which images of a folder are brought; empty for the data set's own
 * @param classes names of class folders, or a file with one name a line; empty for the data set's own
 * @param holdOut which images are for testing where a folder has no test images: of every class each so-many-th; 0 for
 *     none
 * @param skipBadImages whether images of a folder that cannot be read are left out
 */
public record DataConfig(
        @Setting(value = "Data set", label = "NAME", settledByRun = true)
        DatasetName dataset,

        @Setting(value = "Directory with the data set's files", allowed = "a directory, empty if none is needed")
        Optional<Path> dataDir,

        @Setting(
                value = "Height and width of images read from folders; auto is " + ImageFolder.SIZE,
                min = 8,
                max = 1024,
                settledByRun = true)
        OptionalInt size,

        @Setting(
                value = "Class folders to use, by name",
                allowed = "names joined by commas, or a text file with a name a line; empty for all",
                settledByRun = true)
        String classes,

        @Setting(
                value = "Images in class folders without a folder of test images: every n-th of each class is for"
                        + " testing; 0 for none",
                min = 0,
                max = 1000,
                settledByRun = true)
        int holdOut,

        @Setting(
                value = "Leave out images that cannot be read instead of stopping; they are counted in the manifest",
                settledByRun = true)
        boolean skipBadImages) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is missing or out of range
     */
    public DataConfig {
        Settings.check(DataConfig.class, dataset, dataDir, size, classes, holdOut, skipBadImages);
        if (holdOut == 1) {
            throw new ConfigException("hold-out", holdOut, "leaves no image for training; it must be 0, or 2 to 1000");
        }
    }

    /** The same images, their directory, and the file with their classes if there is one, named by absolute paths. */
    public DataConfig absolute() {
        String named =
                isClassFile() ? Path.of(classes).toAbsolutePath().normalize().toString() : classes;
        return new DataConfig(
                dataset, dataDir.map(dir -> dir.toAbsolutePath().normalize()), size, named, holdOut, skipBadImages);
    }

    /** Whether the classes are a file, which a name of a class that no path can have never is. */
    private boolean isClassFile() {
        try {
            return !classes.isBlank() && Files.isRegularFile(Path.of(classes));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The request that these settings make.
     *
     * @param threads to decode images with
     * @param progress told how many of how many files are decoded, from any thread
     * @throws DataException if {@code --classes} names a file that cannot be read
     */
    public LoadRequest request(int threads, BiConsumer<Long, Long> progress) {
        return new LoadRequest(
                dataDir, size, classNames(), skipBadImages, holdOut, Cache.directory(), threads, progress);
    }

    /** Names joined by commas, or the lines of a file. */
    private List<String> classNames() {
        Stream<String> names = Stream.of(classes.split(","));
        if (isClassFile()) {
            Path file = Path.of(classes);
            try {
                names = Files.readString(file).replaceFirst("^\\uFEFF", "").lines();
            } catch (IOException e) {
                throw new DataException(file + ": cannot be read as a list of classes (" + e + ")", e);
            }
        }
        return names.map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
