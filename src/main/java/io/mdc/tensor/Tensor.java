package io.mdc.tensor;

import java.util.Arrays;

/**
 * A dense row-major array owned by a {@link Backend}: a shape and memory.
 *
 * <p>Views made by {@link #rows} and {@link #reshape} share memory with the tensor they come from. A tensor has no
 * lock: several threads may read it or write to disjoint rows.
 */
public final class Tensor {
    private final Storage storage;
    private final int[] shape;

    private Tensor(Storage storage, int[] shape) {
        this.storage = storage;
        this.shape = shape;
    }

    /**
     * A tensor of zeros in memory of its own, for scratch memory of primitives; others ask a {@link Backend}.
     *
     * @throws IllegalArgumentException if an extent is not positive
     */
    public static Tensor zeros(Allocator memory, int... shape) {
        for (int extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException("extent " + extent + " in a shape; must be at least 1");
            }
        }
        int[] own = shape.clone();
        return new Tensor(memory.allocate(own), own);
    }

    /** The memory, for primitives. */
    public Storage storage() {
        return storage;
    }

    /**
     * The memory, for primitives that are loops of Java or calls of native libraries of the CPU.
     *
     * @throws IllegalStateException if the elements are not floats in host memory
     */
    public HostStorage host() {
        return storage.host();
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
        return storage.size();
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
        return new Tensor(storage.view(from * (size() / shape[0]), viewShape), viewShape);
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
        int[] viewShape = newShape.clone();
        return new Tensor(storage.view(0, viewShape), viewShape);
    }

    /** The elements in row-major order as a new double array. */
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(size())];
        storage.read(0, values);
        return values;
    }

    /** The elements in row-major order as a new float array. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(size())];
        storage.read(0, values);
        return values;
    }

    /**
     * Overwrites all elements, rounding to this tensor's precision.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(double[] values) {
        requireLength(values.length);
        storage.write(0, values);
    }

    /**
     * Overwrites all elements.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(float[] values) {
        requireLength(values.length);
        storage.write(0, values);
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

    /** The number of elements of an array of that shape. */
    public static long elements(int... shape) {
        long elements = 1;
        for (int extent : shape) {
            elements *= extent;
        }
        return elements;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
