package io.mdc.data;

import io.mdc.base.DataException;

/** A data set that can be loaded by name. */
public interface DatasetSource {
    /** What is known of it beforehand. */
    DatasetCard card();

    /** Whether {@link #load} reads a directory; false for a data set that is generated. */
    default boolean readsFiles() {
        return true;
    }

    /**
     * Loads both splits.
     *
     * @throws DataException if a file is missing, unreadable or corrupt
     */
    Dataset load(LoadRequest request);

    /** The name users give; unique among the sources. */
    default String name() {
        return card().name();
    }
}
