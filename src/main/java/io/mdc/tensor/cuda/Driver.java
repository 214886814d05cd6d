package io.mdc.tensor.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The part of NVIDIA's driver API that is needed, by its names (CUDA Driver API, docs.nvidia.com/cuda/cuda-driver-api).
 *
 * <p>Handles and addresses on the device are {@code long}; what is written through is a {@link Pointer}.
 */
final class Driver {
    private static NativeLibrary used;

    private Driver() {}

    /**
     * Has the functions be those of a library.
     *
     * @throws UnsatisfiedLinkError if it lacks one
     */
    static synchronized void use(NativeLibrary library) {
        if (library != used) {
            Native.register(Driver.class, library);
            used = library;
        }
    }

    static native int cuInit(int flags);

    static native int cuDriverGetVersion(Pointer version);

    static native int cuDeviceGetCount(Pointer count);

    static native int cuDeviceGet(Pointer device, int ordinal);

    static native int cuDeviceGetName(Pointer name, int length, int device);

    static native int cuDeviceGetAttribute(Pointer value, int attribute, int device);

    static native int cuDeviceTotalMem_v2(Pointer bytes, int device);

    static native int cuDevicePrimaryCtxRetain(Pointer context, int device);

    static native int cuCtxSetCurrent(long context);

    static native int cuModuleLoadDataEx(Pointer module, Pointer image, int options, Pointer names, Pointer values);

    static native int cuModuleGetFunction(Pointer function, long module, Pointer name);

    static native int cuStreamCreate(Pointer stream, int flags);

    static native int cuStreamSynchronize(long stream);

    static native int cuMemAlloc_v2(Pointer address, long bytes);

    static native int cuMemFree_v2(long address);

    static native int cuMemsetD8Async(long address, byte value, long bytes, long stream);

    static native int cuMemcpyHtoDAsync_v2(long to, Pointer from, long bytes, long stream);

    static native int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, long stream);

    static native int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, long stream);

    @SuppressWarnings("TooManyParameters")
    static native int cuLaunchKernel(
            long function,
            int gridX,
            int gridY,
            int gridZ,
            int blockX,
            int blockY,
            int blockZ,
            int sharedBytes,
            long stream,
            Pointer arguments,
            Pointer extra);
}
