package io.mdc.run;

import io.mdc.base.DataException;

/** A run directory that another process, or another job of this one, writes to. */
public final class InUseException extends DataException {
    private static final long serialVersionUID = 1;

    InUseException(String message) {
        super(message);
    }
}
