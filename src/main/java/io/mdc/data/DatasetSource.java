package io.mdc.data;

import java.nio.file.Path;

/** A data set that can be loaded by name; {@link Datasets} lists them all. */
public interface DatasetSource {
    /**
     * Returns the name users give.
     *
     * @return lower case, unique among the sources
     */
    String name();

    /**
     * Returns one line on what the data set is.
     *
     * @return such as "60,000 photographs of 10 kinds of objects, 32x32"
     */
    String description();

    /**
     * Tells whether {@link #load} reads a directory.
     *
     * @return false for a data set that is generated
     */
    boolean readsFiles();

    /**
     * Loads both splits into memory.
     *
     * @param directory where the files are; ignored if the source reads no files
     * @return the data set
     * @throws DataException if a file is missing, unreadable or corrupt
     */
    Dataset load(Path directory);
}
