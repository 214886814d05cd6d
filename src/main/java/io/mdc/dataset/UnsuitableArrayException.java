package io.mdc.dataset;

import java.io.IOException;

/** An array that was read and cannot be taken for images or labels; the message is to be shown whole. */
final class UnsuitableArrayException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsuitableArrayException(String message) {
        super(message);
    }
}
