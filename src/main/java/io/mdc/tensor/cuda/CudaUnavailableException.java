package io.mdc.tensor.cuda;

/** There is no NVIDIA GPU to compute on; the message says what is missing. */
public final class CudaUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    CudaUnavailableException(String message) {
        super(message);
    }
}
