package io.mdc.backend;

import io.mdc.tensor.cuda.CudaBackend;
import io.mdc.tensor.cuda.CudaUnavailableException;

/**
 * What NVIDIA's driver answers when it is asked for a GPU.
 *
 * @param usable whether {@code --backend cuda} can have one
 * @param text which it is, or why there is none; one line
 */
public record DriverAnswer(boolean usable, String text) {
    /** Asks it as {@code --backend cuda} does; the GPU is not taken. */
    public static DriverAnswer ask() {
        try {
            return new DriverAnswer(true, CudaBackend.ask().text());
        } catch (CudaUnavailableException e) {
            return new DriverAnswer(false, e.getMessage());
        }
    }
}
