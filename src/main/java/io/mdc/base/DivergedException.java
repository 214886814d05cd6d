package io.mdc.base;

/** Numbers of a run are not finite any more; the message says which, where, and what to do. */
public final class DivergedException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** One that says this. */
    public DivergedException(String message) {
        super(message);
    }
}
