package io.mdc.data;

import io.mdc.fetch.Download;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a data set before any file of it is read; the one place for its constants.
 *
 * @param name the name users give, lower case
 * @param description one line, such as "photographs of 10 kinds of objects, 32x32, 50,000 training images"
 * @param classNames in the order of the labels; empty where the files say
 * @param normalization channel statistics used in the literature; empty where they are computed from the images
 * @param citation of the data set's authors; empty for own data
 * @param homepage where it is described; empty for own data
 * @param downloads files that {@code mdc data fetch} gets; empty where that is not allowed or makes no sense
 */
public record DatasetCard(
        String name,
        String description,
        List<String> classNames,
        Optional<Normalization> normalization,
        String citation,
        String homepage,
        List<Download> downloads) {
    /** Copies the lists. */
    public DatasetCard {
        classNames = List.copyOf(classNames);
        downloads = List.copyOf(downloads);
    }

    /** Whether nothing but the directory of its files says which images it has. */
    public boolean isOwn() {
        return homepage.isEmpty() && citation.isEmpty();
    }
}
