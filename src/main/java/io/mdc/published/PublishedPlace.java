package io.mdc.published;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a published set is.
 *
 * @param file with the images, and with the labels unless they have a file of their own
 * @param labels the file of the labels, as MTT publishes them; empty if they are in the other one
 * @param experiment which set, from 1, of a file that holds those of several experiments, as those of DC do
 */
public record PublishedPlace(Path file, Optional<Path> labels, int experiment) {
    /** A file that holds images and labels, and one set or the first of several. */
    public static PublishedPlace of(Path file) {
        return new PublishedPlace(file, Optional.empty(), 1);
    }

    /** What the name of the file does not say, in words, for people; empty if that is nothing. */
    public String words() {
        return labels.map(other -> ", labels of " + other.getFileName()).orElse("")
                + (experiment == 1 ? "" : ", experiment " + experiment);
    }
}
