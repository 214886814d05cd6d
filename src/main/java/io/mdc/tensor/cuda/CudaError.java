package io.mdc.tensor.cuda;

/** Result codes of the driver ({@code CUresult}) that users meet. */
final class CudaError {
    static final int OUT_OF_MEMORY = 2;

    private CudaError() {}

    static String text(int code) {
        return switch (code) {
            case 0 -> "no error";
            case OUT_OF_MEMORY -> "out of memory";
            case 100 -> "no device";
            case 218 -> "PTX it cannot compile";
            case 222 -> "PTX newer than the driver";
            case 700 -> "illegal memory access";
            case 719 -> "launch failed";
            case 803 -> "driver and device do not match";
            case 804 -> "driver too old for this GPU";
            default -> "CUDA error " + code;
        };
    }
}
