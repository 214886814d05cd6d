package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import io.mdc.tensor.HostStorage;
import io.mdc.tensor.Precision;
import io.mdc.tensor.Storage;
import io.mdc.tensor.Tensor;
import java.util.Objects;

/** A run of floats in a device's memory. */
final class CudaStorage implements Storage {
    private final Block block;
    private final long first;
    private final long size;

    private CudaStorage(Block block, long first, long size) {
        this.block = block;
        this.first = first;
        this.size = size;
    }

    /** Memory that is freed when no storage needs it any more. */
    private static final class Block {
        private final Device device;
        private final long address;

        Block(Device device, long bytes) {
            this.device = device;
            address = device.allocate(this, bytes);
            device.zero(address, bytes);
        }
    }

    /** Memory of its own, of zeros. */
    static CudaStorage allocate(Device device, int[] shape) {
        long size = Tensor.elements(shape);
        return new CudaStorage(new Block(device, size * Float.BYTES), 0, size);
    }

    static CudaStorage of(Tensor x) {
        if (x.storage() instanceof CudaStorage storage) {
            return storage;
        }
        throw new IllegalArgumentException(x + " is not in a GPU's memory");
    }

    /** Where the first element is on the device, in bytes. */
    long address() {
        return block.address + first * Float.BYTES;
    }

    void copyTo(CudaStorage other) {
        block.device.copy(other.address(), address(), size * Float.BYTES);
    }

    void clear() {
        block.device.zero(address(), size * Float.BYTES);
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public CudaStorage view(long from, int[] shape) {
        return new CudaStorage(block, first + from, Tensor.elements(shape));
    }

    @Override
    public CudaStorage followedBy(Storage next) {
        boolean follows = next instanceof CudaStorage other && other.block == block && other.first == first + size;
        return follows ? new CudaStorage(block, first, size + next.size()) : null;
    }

    @Override
    public void read(long from, double[] values) {
        float[] rounded = new float[values.length];
        read(from, rounded);
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded[i];
        }
    }

    @Override
    public void read(long from, float[] values) {
        int count = values.length;
        Objects.checkFromIndexSize(from, count, size);
        if (count > 0) {
            try (Memory host = new Memory((long) count * Float.BYTES)) {
                block.device.read(host, address() + from * Float.BYTES, host.size());
                host.read(0, values, 0, count);
            }
        }
    }

    @Override
    public void write(long from, double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        write(from, rounded);
    }

    @Override
    public void write(long from, float[] values) {
        int count = values.length;
        Objects.checkFromIndexSize(from, count, size);
        if (count > 0) {
            try (Memory host = new Memory((long) count * Float.BYTES)) {
                host.write(0, values, 0, count);
                block.device.write(address() + from * Float.BYTES, host, host.size());
            }
        }
    }

    @Override
    public HostStorage host() {
        throw new IllegalStateException("floats in a GPU's memory where those of the host are needed");
    }
}
