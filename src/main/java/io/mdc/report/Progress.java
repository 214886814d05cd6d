package io.mdc.report;

import java.io.PrintWriter;

/**
 * Tells the user how far a long piece of work is.
 *
 * <p>Work has phases, one after another; a phase has units of about equal cost, counted by the caller. Implementations
 * may be called from any thread.
 */
public interface Progress extends AutoCloseable {
    /**
     * Begins a phase, ending the one before.
     *
     * @param phase what is done, such as {@code condensing}
     * @param total units of work of the whole phase
     * @param done units done in an earlier run, 0 unless it is resumed
     */
    void begin(String phase, long total, long done);

    /**
     * Says how far the phase is; cheap enough to be called for every unit.
     *
     * @param done units done, including those of an earlier run
     * @param status where the work is, such as {@code outer 3/20, inner 4/10, loss 1.23, subset 4}
     */
    void update(long done, String status);

    /**
     * Says that the phase has fewer units than it was begun with, as some will not be done.
     *
     * @param total units of work of the whole phase, at least those that are done
     */
    void shorten(long total);

    /**
     * Says something that is to stay readable.
     *
     * @param line one line without line feed
     */
    void milestone(String line);

    /** Ends the current phase and leaves the terminal on a fresh line. */
    @Override
    void close();

    /**
     * Returns progress for people if they can see it move, else for logs.
     *
     * @param err standard error
     * @param terminal whether that is a terminal
     * @return one live line on a terminal, else plain lines now and then
     */
    static Progress on(PrintWriter err, boolean terminal) {
        return terminal ? new LiveProgress(err, Terminal.width()) : new LineProgress(err, System::nanoTime);
    }

    /**
     * Returns progress that says nothing.
     *
     * @return it
     */
    static Progress silent() {
        return new SilentProgress();
    }
}
