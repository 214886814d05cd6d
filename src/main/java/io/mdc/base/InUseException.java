package io.mdc.base;

/** A directory that another process, or another job of this one, writes to. */
public final class InUseException extends DataException {
    private static final long serialVersionUID = 1;

    InUseException(String message) {
        super(message);
    }
}
