package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Precision;
import io.mdc.tensor.Storage;

/**
 * Floats in a device's memory.
 *
 * @param device whose
 */
record CudaMemory(Device device) implements Allocator {
    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    @Override
    public long bytes() {
        return device.info().bytes();
    }

    @Override
    public boolean isOfDevice() {
        return true;
    }

    @Override
    public Storage allocate(int[] shape) {
        return CudaStorage.allocate(device, shape);
    }
}
