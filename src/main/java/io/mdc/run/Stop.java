package io.mdc.run;

/** Asked by work whether it is to stop at the next good moment. */
@FunctionalInterface
public interface Stop {
    /** Whether the work is to stop. */
    boolean requested();

    /**
     * Says that from now on there is something to save: a stop waits for the work to come to a good moment. Before that
     * the process is ended at once.
     *
     * @param save called from another thread if the work does not come to one in time, while it goes on; the process is
     *     ended afterwards
     */
    default void waitForWork(Runnable save) {}

    /** Says how to go on if the process is ended before the work comes to a good moment. */
    default void advise(String advice) {}

    /** Says that all is saved: until there is something again, a stop ends the process at once. */
    default void nothingToSave() {}
}
