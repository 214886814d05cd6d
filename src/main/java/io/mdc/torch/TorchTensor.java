package io.mdc.torch;

import io.mdc.numpy.NumpyArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.razorvine.pickle.PickleException;

/**
 * A tensor as a pickle tells of it: a view of a storage.
 *
 * @param storage where its elements are
 * @param offset of its first element
 * @param shape extents, each at least 0; copied
 * @param strides elements from one index to the next, each at least 0; copied
 */
record TorchTensor(StorageKey storage, long offset, int[] shape, int[] strides) {
    /**
     * Checks that all elements are in the storage.
     *
     * @throws PickleException if they are not, or there are more of them than it has
     */
    TorchTensor {
        shape = shape.clone();
        strides = strides.clone();
        long last = offset;
        long elements = 1;
        boolean sound = shape.length == strides.length && offset >= 0;
        for (int k = 0; sound && k < shape.length; k++) {
            sound = shape[k] >= 0 && strides[k] >= 0 && elements * shape[k] <= storage.length();
            last += (shape[k] - 1L) * strides[k];
            elements *= shape[k];
        }
        if (!sound || (elements > 0 && last >= storage.length())) {
            throw new PickleException("a tensor of shape " + Arrays.toString(shape) + " in a storage of "
                    + storage.length() + " elements");
        }
    }

    /** How many elements it has. */
    int elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Its elements, row-major, from those of the storage. */
    NumpyArray of(NumpyArray elements) {
        int size = storage.type().size();
        int count = elements();
        ByteBuffer from = elements.bytes();
        ByteBuffer to = ByteBuffer.allocate(Math.multiplyExact(count, size));
        int[] index = new int[shape.length];
        long at = offset;
        for (int i = 0; i < count; i++) {
            to.put(i * size, from, Math.toIntExact(at * size), size);
            for (int k = shape.length - 1; k >= 0; k--) {
                at += strides[k];
                if (++index[k] < shape[k]) {
                    break;
                }
                at -= (long) strides[k] * shape[k];
                index[k] = 0;
            }
        }
        return new NumpyArray(storage.type(), shape, to);
    }
}
