package io.mdc.tensor.nd4j;

import io.mdc.tensor.HostStorage;
import io.mdc.tensor.Precision;
import io.mdc.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A run of elements of a buffer of ND4J's, and ND4J's array over it. */
final class Nd4jStorage implements HostStorage {
    /** The storage that this one is a view of, or null. */
    private final Nd4jStorage owner;

    private final DataBuffer memory;
    private final long start;
    private final int[] shape;
    private final long size;

    /** Whether the elements are floats in host memory. */
    private final boolean readable;

    private volatile INDArray array;
    private volatile FloatBuffer floats;

    private Nd4jStorage(Nd4jStorage owner, DataBuffer memory, long start, int[] shape, boolean readable) {
        this.owner = owner;
        this.memory = memory;
        this.start = start;
        this.shape = shape;
        this.readable = readable;
        size = Tensor.elements(shape);
    }

    /** A buffer of its own, of zeros. */
    static Nd4jStorage allocate(DataType type, int[] shape, boolean inHostMemory) {
        DataBuffer memory = Nd4j.createBuffer(type, Tensor.elements(shape), true);
        return new Nd4jStorage(null, memory, 0, shape, inHostMemory && type == DataType.FLOAT);
    }

    @Override
    public Precision precision() {
        return memory.dataType() == DataType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Nd4jStorage view(long first, int[] viewShape) {
        return new Nd4jStorage(owner == null ? this : owner, memory, start + first, viewShape, readable);
    }

    /** ND4J's array of the whole shape. */
    INDArray array() {
        INDArray made = array;
        if (made == null) {
            long[] extents = toLongs(shape);
            made = Nd4j.create(memory, extents, Nd4j.getStrides(extents, 'c'), start, 'c');
            array = made;
        }
        return made;
    }

    /** The elements as a matrix {@code [rows, rest]}. */
    INDArray matrix(long rows) {
        return rows == shape[0] && shape.length == 2 ? array() : array().reshape('c', rows, size / rows);
    }

    /**
     * An array of any extents and strides in elements, from element {@code offset} on; made from strides, as ND4J's own
     * indexing is slow and has gaps.
     */
    INDArray strided(long offset, long[] extents, long[] strides) {
        return Nd4j.create(memory, extents, strides, start + offset, 'c');
    }

    private INDArray run(long first, int count) {
        Objects.checkFromIndexSize(first, count, size);
        return strided(first, new long[] {count}, new long[] {1});
    }

    @Override
    public void read(long first, double[] values) {
        System.arraycopy(run(first, values.length).dup('c').data().asDouble(), 0, values, 0, values.length);
    }

    @Override
    public void read(long first, float[] values) {
        if (readable) {
            floats().get(Math.toIntExact(first), values);
        } else {
            System.arraycopy(run(first, values.length).dup('c').data().asFloat(), 0, values, 0, values.length);
        }
    }

    @Override
    public void write(long first, double[] values) {
        if (readable) {
            float[] rounded = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                rounded[i] = (float) values[i];
            }
            write(first, rounded);
            return;
        }
        run(first, values.length).assign(Nd4j.createFromArray(values).castTo(memory.dataType()));
    }

    @Override
    public void write(long first, float[] values) {
        if (readable) {
            floats().put(Math.toIntExact(first), values);
        } else {
            run(first, values.length).assign(Nd4j.createFromArray(values).castTo(memory.dataType()));
        }
    }

    @Override
    public HostStorage host() {
        if (!readable) {
            throw new IllegalStateException("a " + memory.getClass().getSimpleName() + " of " + memory.dataType()
                    + " where floats in host memory are needed");
        }
        return this;
    }

    @Override
    public FloatBuffer floats() {
        FloatBuffer made = floats;
        if (made == null) {
            FloatBuffer all = owner == null ? memory.asNioFloat() : owner.floats();
            made = all.slice(Math.toIntExact(start), Math.toIntExact(size));
            floats = made;
        }
        return made;
    }

    @Override
    public long address() {
        return memory.pointer().address() + start * memory.getElementSize();
    }

    private static long[] toLongs(int[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = values[i];
        }
        return longs;
    }
}
