package io.mdc.base;

/**
 * Data that is missing, unreadable or corrupt.
 *
 * <p>The message is one line for the user: what is wrong, where, and what to do about it. The command line prints it
 * and ends with exit code 3.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line: what is wrong, where, what to do
     */
    public DataException(String message) {
        super(OneLine.of(message));
    }

    /**
     * Creates the exception with the failure that led to it.
     *
     * @param message one line: what is wrong, where, what to do
     * @param cause the failure that led to it
     */
    public DataException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
