package io.mdc.dataset;

import io.mdc.data.DatasetSource;
import java.util.List;

/**
 * The name of a data set this program knows.
 *
 * @param name one of {@link Datasets#names()}
 */
public record DatasetName(String name) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if there is no such data set
     */
    public DatasetName {
        List<String> known = Datasets.names();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", known));
        }
    }

    /**
     * Reads the text form, the name alone.
     *
     * @throws IllegalArgumentException if there is no such data set
     */
    public static DatasetName parse(String text) {
        return new DatasetName(text);
    }

    /** Says what {@link #parse} takes, for help. */
    public static String allowed() {
        return String.join(", ", Datasets.names());
    }

    /** Where the data set's images come from. */
    public DatasetSource source() {
        return Datasets.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
