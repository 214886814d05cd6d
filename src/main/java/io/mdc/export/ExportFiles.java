package io.mdc.export;

import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of an export.
 *
 * @param images a file or a directory
 * @param card the data card, in that directory or beside that file
 * @param script the script, there too
 */
public record ExportFiles(Path images, Path card, Path script) {
    private static final String OPTION = "out";

    /**
     * Those at a place.
     *
     * @throws ConfigException if the place has no name, as the root
     */
    public static ExportFiles at(Path place, ExportFormat format) {
        if (place.getFileName() == null || place.getFileName().toString().isEmpty()) {
            throw new ConfigException(OPTION, place, "must be a path to a new file or directory");
        }
        if (format.isDirectory()) {
            return new ExportFiles(place, place.resolve("CARD.md"), place.resolve("train.py"));
        }
        String name = place.getFileName().toString();
        return new ExportFiles(
                place, place.resolveSibling(name + ".card.md"), place.resolveSibling(name + ".train.py"));
    }

    /**
     * Makes sure that nothing is replaced.
     *
     * @throws ConfigException if one of them exists
     */
    public void requireFree() {
        for (Path file : all()) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ConfigException(
                        OPTION,
                        images,
                        file.equals(images)
                                ? "exists already; name another path"
                                : file + " exists already; name another path");
            }
        }
    }

    /** Removes what there is of an export whose images are a file. */
    void remove() throws IOException {
        for (Path file : all()) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> all() {
        return List.of(images, card, script);
    }
}
