package io.mdc.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense row-major array owned by a {@link Backend}: a shape and a handle to memory.
 *
 * <p>Views made by {@link #rows} and {@link #reshape} share memory with the tensor they come from. A tensor has no
 * lock: several threads may read it or write to disjoint rows.
 */
public final class Tensor {
    /** The tensor that this one is a view of, or null. */
    private final Tensor owner;

    private final DataBuffer memory;
    private final long start;
    private final int[] shape;
    private volatile INDArray array;
    private volatile FloatBuffer floats;

    /**
     * A view of {@code memory} from element {@code start} on; made from strides, as ND4J's own indexing is slow and has
     * gaps.
     */
    private Tensor(Tensor owner, DataBuffer memory, long start, int[] shape) {
        this.owner = owner;
        this.memory = memory;
        this.start = start;
        this.shape = shape;
    }

    static Tensor zeros(Precision precision, int... shape) {
        return new Tensor(null, Nd4j.createBuffer(precision.dataType(), elements(shape), true), 0, shape.clone());
    }

    /**
     * ND4J's handle on the same memory, made when first needed because that takes longer than many a small primitive.
     */
    public INDArray array() {
        INDArray made = array;
        if (made == null) {
            long[] extents = toLongs(shape);
            made = Nd4j.create(memory, extents, Nd4j.getStrides(extents, 'c'), start, 'c');
            array = made;
        }
        return made;
    }

    /** The elements as a matrix {@code [rows, rest]} sharing this tensor's memory, for row-wise ND4J ops. */
    public INDArray matrix(long rows) {
        return rows == shape[0] && shape.length == 2 ? array() : array().reshape('c', rows, size() / rows);
    }

    /** The pixels of a rectangle of image {@code i} of a batch {@code [n, C, H, W]}, as a view {@code [C, h, w]}. */
    public INDArray window(int i, Rectangle r) {
        long plane = (long) shape[2] * shape[3];
        long first = start + i * (long) shape[1] * plane + (long) r.top() * shape[3] + r.left();
        long[] extents = {shape[1], r.bottom() - r.top(), r.right() - r.left()};
        return Nd4j.create(memory, extents, new long[] {plane, shape[3], 1}, first, 'c');
    }

    /** A view of any extents and strides in elements, from element {@code offset} of this tensor on. */
    public INDArray strided(long offset, long[] extents, long[] strides) {
        return Nd4j.create(memory, extents, strides, start + offset, 'c');
    }

    /** A tensor of its own with the same elements. */
    public Tensor copy() {
        Tensor copy = new Tensor(null, Nd4j.createBuffer(memory.dataType(), size(), false), 0, shape);
        copy.array().assign(array());
        return copy;
    }

    /** This tensor's memory as host floats, index 0 being its first element; float tensors of a CPU backend only. */
    public FloatBuffer hostFloats() {
        if (floats == null) {
            FloatBuffer all = owner == null ? memory.asNioFloat() : owner.hostFloats();
            floats = all.slice(Math.toIntExact(start), Math.toIntExact(size()));
        }
        return floats;
    }

    /** Where the first element is, in bytes; tensors of a CPU backend only. */
    public long address() {
        return memory.pointer().address() + start * memory.getElementSize();
    }

    /** {@link #hostFloats} as a new array. */
    public float[] readHost() {
        float[] values = new float[Math.toIntExact(size())];
        hostFloats().get(0, values);
        return values;
    }

    /** The extent of every dimension; the caller owns the copy. */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The extent of dimension {@code i}.
     *
     * @throws IndexOutOfBoundsException if there is no such dimension
     */
    public int dim(int i) {
        return shape[i];
    }

    /** The number of elements. */
    public long size() {
        return elements(shape);
    }

    /**
     * Rows {@code from} (inclusive) to {@code to} (exclusive) of the first dimension, as a view of the same memory.
     *
     * @throws IllegalArgumentException if the range is empty or not within the first dimension
     */
    public Tensor rows(int from, int to) {
        if (from < 0 || to > shape[0] || from >= to) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of a first dimension of " + shape[0]);
        }
        if (from == 0 && to == shape[0]) {
            return this;
        }
        int[] viewShape = shape.clone();
        viewShape[0] = to - from;
        return new Tensor(owner == null ? this : owner, memory, start + from * (size() / shape[0]), viewShape);
    }

    /**
     * The same memory under another shape.
     *
     * @throws IllegalArgumentException if the number of elements differs
     */
    public Tensor reshape(int... newShape) {
        if (elements(newShape) != size()) {
            throw new IllegalArgumentException(
                    "cannot reshape " + Arrays.toString(shape) + " to " + Arrays.toString(newShape));
        }
        return new Tensor(owner == null ? this : owner, memory, start, newShape.clone());
    }

    /** Copies the elements, in row-major order, to an ND4J array of as many, as those of DL4J's models are. */
    public void writeTo(INDArray target) {
        target.assign(array().reshape('c', target.shape()));
    }

    /** The elements in row-major order as a new double array. */
    public double[] toDoubles() {
        return array().dup('c').data().asDouble();
    }

    /** The elements in row-major order as a new float array. */
    public float[] toFloats() {
        return array().dup('c').data().asFloat();
    }

    /**
     * Overwrites all elements, rounding to this tensor's precision.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(double[] values) {
        requireLength(values.length);
        array().assign(Nd4j.createFromArray(values).reshape('c', toLongs(shape)).castTo(array().dataType()));
    }

    /**
     * Overwrites all elements.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(float[] values) {
        requireLength(values.length);
        array().assign(Nd4j.createFromArray(values).reshape('c', toLongs(shape)).castTo(array().dataType()));
    }

    /**
     * Fails unless this tensor has the given shape.
     *
     * @throws IllegalArgumentException naming both shapes
     */
    public void requireShape(int... expected) {
        if (!Arrays.equals(shape, expected)) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " where " + Arrays.toString(expected) + " is needed");
        }
    }

    private void requireLength(int length) {
        if (length != size()) {
            throw new IllegalArgumentException(length + " values for a tensor of " + size());
        }
    }

    private static long elements(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    private static long[] toLongs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
