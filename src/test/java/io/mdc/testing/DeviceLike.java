package io.mdc.testing;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Storage;
import io.mdc.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The host's memory, which says that it is a device's of some size, and counts what is taken of it. */
public final class DeviceLike implements Allocator {
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    public DeviceLike(long bytes) {
        this.bytes = bytes;
    }

    /** The host's primitives over it. */
    public Backend backend() {
        return backend(Optional.empty());
    }

    /** {@link #backend()}, as one that takes groups of samples. */
    public Backend backend(SetOps sets) {
        return backend(Optional.of(sets));
    }

    private Backend backend(Optional<SetOps> sets) {
        Backend host = TestBackends.DIRECT;
        return new Backend(
                "like a device",
                this,
                host.vectors(),
                host.matrices(),
                host.convolutions(),
                Optional.empty(),
                host.chains(),
                host.planes(),
                host.batchNorms(),
                sets,
                host.images());
    }

    /** Elements that were taken so far. */
    public long taken() {
        return taken.get();
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean isOfDevice() {
        return true;
    }

    @Override
    public Storage allocate(int[] shape) {
        taken.addAndGet(Tensor.elements(shape));
        return TestBackends.DIRECT.memory().allocate(shape);
    }
}
