package io.mdc.tensor.nd4j;

import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors as ND4J's arrays. */
public final class Nd4jArrays {
    private Nd4jArrays() {}

    /**
     * Copies the elements of a tensor of any backend, in row-major order, to an array of as many, as those of DL4J's
     * models are.
     */
    public static void copy(Tensor from, INDArray to) {
        to.assign(Nd4j.createFromArray(from.toDoubles()).reshape('c', to.shape()));
    }

    static Nd4jStorage storage(Tensor x) {
        if (x.storage() instanceof Nd4jStorage storage) {
            return storage;
        }
        throw new IllegalArgumentException(x + " is not in memory of ND4J's");
    }

    /** An array of the tensor's shape sharing its memory; made once. */
    static INDArray array(Tensor x) {
        return storage(x).array();
    }

    /** The elements as a matrix {@code [rows, rest]} sharing memory, for row-wise ops. */
    static INDArray matrix(Tensor x, long rows) {
        return storage(x).matrix(rows);
    }

    /** A view of any extents and strides in elements, from element {@code offset} on. */
    static INDArray strided(Tensor x, long offset, long[] extents, long[] strides) {
        return storage(x).strided(offset, extents, strides);
    }

    /** The pixels of a rectangle of image {@code i} of a batch {@code [n, C, H, W]}, as a view {@code [C, h, w]}. */
    static INDArray window(Tensor x, int i, Rectangle r) {
        long width = x.dim(3);
        long plane = x.dim(2) * width;
        long first = i * (long) x.dim(1) * plane + r.top() * width + r.left();
        long[] extents = {x.dim(1), r.bottom() - r.top(), r.right() - r.left()};
        return strided(x, first, extents, new long[] {plane, width, 1});
    }
}
