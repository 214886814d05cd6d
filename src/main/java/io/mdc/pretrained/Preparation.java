package io.mdc.pretrained;

import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Work that is done before the first loop of a run, and kept for all runs of the same settings. */
public interface Preparation {

    /** What is done, for people, such as {@code training experts}. */
    String title();

    /** Where what is made is kept, the same for all runs that need the same, or some of it. */
    Path folder();

    /**
     * Makes sure, before any work begins, that what is there can be used and that there is room for the rest.
     *
     * @throws DataException if not
     */
    void check();

    /** Bytes of the files that are yet to be written; 0 if everything is there. */
    long bytes();

    /** Steps that are yet to be done, all of about the same cost; 0 if everything is there. */
    long steps();

    /**
     * Does them.
     *
     * @return false if it was stopped; then what was done is kept
     * @throws DataException if something of it cannot be written or read
     * @throws io.mdc.base.DivergedException if something of it is not finite, which is not kept
     */
    boolean make(Making making);

    /** One step, of which nothing is kept, for measurements of speed. */
    void sample();

    /**
     * Makes sure that there is room for what is yet to be written.
     *
     * @param bytes of preparations, by where they are kept
     * @throws DataException if there is not
     */
    static void requireRoom(Map<Path, Long> bytes) {
        try {
            DiskFull.requireRoom(bytes);
        } catch (DiskFull e) {
            throw new DataException("no room for networks: " + e.getMessage() + " with MDC_DATA_DIR", e);
        } catch (IOException e) {
            throw new DataException(
                    "no room for networks is found (" + OneLine.reason(e) + "); set MDC_DATA_DIR to another directory",
                    e);
        }
    }
}
