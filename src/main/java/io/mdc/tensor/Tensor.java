package io.mdc.tensor;

import java.util.Arrays;
import java.util.Optional;

/**
 * A dense array owned by a {@link Backend}: a shape, the order of its elements, and memory.
 *
 * <p>The order is row-major, which for images is {@link Layout#PLANES}, unless {@link #as} says otherwise. Views made
 * by {@link #rows}, {@link #reshape} and {@link #as} share memory with the tensor they come from. A tensor has no lock:
 * several threads may read it or write to disjoint rows.
 */
public final class Tensor {
    private final Storage storage;
    private final int[] shape;
    private final Layout layout;

    private Tensor(Storage storage, int[] shape, Layout layout) {
        this.storage = storage;
        this.shape = shape;
        this.layout = layout;
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
        return new Tensor(memory.allocate(own), own, Layout.PLANES);
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

    /** The number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The order of the elements in memory. */
    public Layout layout() {
        return layout;
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
     * Rows {@code from} (inclusive) to {@code to} (exclusive) of the first dimension, as a view of the same memory in
     * the same layout.
     *
     * @throws IllegalArgumentException if the range is empty or not within the first dimension, or a part of a tiled
     *     tensor, whose samples do not lie together
     */
    public Tensor rows(int from, int to) {
        if (from < 0 || to > shape[0] || from >= to) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of a first dimension of " + shape[0]);
        }
        if (from == 0 && to == shape[0]) {
            return this;
        }
        if (layout.side() > 0) {
            throw new IllegalArgumentException("rows " + from + " to " + to + " of " + this + ": they lie apart");
        }
        int[] viewShape = shape.clone();
        viewShape[0] = to - from;
        return new Tensor(storage.view(from * (size() / shape[0]), viewShape), viewShape, layout);
    }

    /**
     * The rows of this and of {@code next}, which differs in their number alone, as one tensor; empty unless its
     * backend has them behind each other in one memory and prefers few large copies.
     */
    public Optional<Tensor> followedBy(Tensor next) {
        Storage both = layout == Layout.PLANES && next.layout == layout ? storage.followedBy(next.storage) : null;
        if (both == null) {
            return Optional.empty();
        }
        int[] longer = shape.clone();
        longer[0] += next.shape[0];
        return Optional.of(new Tensor(both, longer, layout));
    }

    /**
     * The same memory under another shape.
     *
     * @throws IllegalArgumentException if the number of elements differs, or they are not in row-major order
     */
    public Tensor reshape(int... newShape) {
        if (elements(newShape) != size() || layout != Layout.PLANES) {
            throw new IllegalArgumentException("cannot reshape " + this + " to " + Arrays.toString(newShape));
        }
        int[] viewShape = newShape.clone();
        return new Tensor(storage.view(0, viewShape), viewShape, layout);
    }

    /**
     * The same memory, its elements taken to be in another order; nothing moves.
     *
     * @throws IllegalArgumentException if this is no image batch {@code [n, C, H, W]}, or tiles do not fill its planes
     */
    public Tensor as(Layout order) {
        if (order == layout) {
            return this;
        }
        if (shape.length != 4 || (order.side() > 0 && (shape[2] % order.side() != 0 || shape[3] % order.side() != 0))) {
            throw new IllegalArgumentException(this + " cannot be in " + order);
        }
        return new Tensor(storage, shape, order);
    }

    /** The elements in the order of memory as a new double array. */
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(size())];
        storage.read(0, values);
        return values;
    }

    /** The elements in the order of memory as a new float array. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(size())];
        storage.read(0, values);
        return values;
    }

    /**
     * Overwrites all elements, in the order of memory, rounding to this tensor's precision.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(double[] values) {
        requireLength(values.length);
        storage.write(0, values);
    }

    /**
     * Overwrites all elements, in the order of memory.
     *
     * @throws IllegalArgumentException if there are more or fewer values than elements
     */
    public void set(float[] values) {
        requireLength(values.length);
        storage.write(0, values);
    }

    boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    boolean hasShapeOf(Tensor other) {
        return hasShape(other.shape);
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
        return "Tensor" + Arrays.toString(shape) + (layout == Layout.PLANES ? "" : " in " + layout);
    }
}
