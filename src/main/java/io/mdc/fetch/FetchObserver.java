package io.mdc.fetch;

/** Is told how far a {@link Fetcher} is. */
public interface FetchObserver {
    /**
     * A file is begun, or continued.
     *
     * @param file its name
     * @param bytes its size
     * @param done bytes that were there before
     */
    void begin(String file, long bytes, long done);

    /**
     * More bytes arrived.
     *
     * @param done bytes there now; fewer than before if the file had to be begun again
     * @param status for example {@code 12.3 MB from www.cs.toronto.edu}
     */
    void update(long done, String status);

    /**
     * Something happened that the user should read.
     *
     * @param line one line without line feed
     */
    void note(String line);
}
