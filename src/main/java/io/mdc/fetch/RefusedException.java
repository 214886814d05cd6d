package io.mdc.fetch;

import java.io.IOException;

/** An address that does not have the file, so that asking again is of no use. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
