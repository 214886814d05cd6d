package io.mdc.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A form in which other programs read images with labels. */
public interface ExportFormat {
    /** Whether it is several files in a directory. */
    boolean isDirectory();

    /**
     * Checks that it can hold these images.
     *
     * @throws io.mdc.setting.ConfigException if it cannot
     */
    default void requireFits(ExportedImages images) {}

    /**
     * Writes images that fit.
     *
     * @param place a directory that is there, or a file that is not and appears complete
     * @throws IOException if it cannot be written
     */
    void write(ExportedImages images, Path place) throws IOException;

    /** What it does not hold of these images, in words for people; empty if it holds them as they are. */
    default Optional<String> loss(ExportedImages images) {
        return Optional.empty();
    }

    /** How rows are found again, in a sentence or two of Markdown for the data card. */
    String layout(ExportedImages images);
}
