package io.mdc.pretrained;

import io.mdc.base.DataException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

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

    /** Steps that are yet to be done, all of about the same cost; 0 if everything is there. */
    long steps();

    /**
     * Does them.
     *
     * @param done told after every step how many were done
     * @param stop asked after every step
     * @return false if {@code stop} said so; then most of what was done is kept
     * @throws DataException if something of it cannot be written or read
     */
    boolean make(LongConsumer done, BooleanSupplier stop);

    /** One step, of which nothing is kept, for measurements of speed. */
    void sample();
}
