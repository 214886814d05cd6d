package io.mdc.reproduce.plan;

import java.util.Locale;

/**
 * A part of a table: a data set and the images per class that it is condensed to.
 *
 * @param dataset as the paper writes it
 * @param ipc images per class
 */
public record Block(String dataset, int ipc) {
    /** What this program calls the data set. */
    public String name() {
        return nameOf(dataset);
    }

    static String nameOf(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
