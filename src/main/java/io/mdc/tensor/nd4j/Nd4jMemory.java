package io.mdc.tensor.nd4j;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Precision;
import io.mdc.tensor.Storage;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Buffers of ND4J's, on the CPU or a GPU.
 *
 * @param precision of all elements
 * @param inHostMemory whether the buffers are in memory that Java loops can read
 */
record Nd4jMemory(Precision precision, boolean inHostMemory) implements Allocator {
    @Override
    public boolean isOfDevice() {
        return !inHostMemory;
    }

    @Override
    public Storage allocate(int[] shape) {
        DataType type =
                switch (precision) {
                    case FLOAT -> DataType.FLOAT;
                    case DOUBLE -> DataType.DOUBLE;
                };
        return Nd4jStorage.allocate(type, shape, inHostMemory);
    }
}
