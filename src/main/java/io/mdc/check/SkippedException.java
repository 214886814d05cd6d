package io.mdc.check;

/** Says why a case cannot be checked. */
final class SkippedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SkippedException(String reason) {
        super(reason);
    }
}
