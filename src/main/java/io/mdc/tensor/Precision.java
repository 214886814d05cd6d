package io.mdc.tensor;

import org.nd4j.linalg.api.buffer.DataType;

/** The element type of every tensor of a backend. */
public enum Precision {
    /** 32-bit IEEE floating point: what runs use. */
    FLOAT(DataType.FLOAT),
    /** 64-bit IEEE floating point: for reference values and central differences. */
    DOUBLE(DataType.DOUBLE);

    private final DataType dataType;

    Precision(DataType dataType) {
        this.dataType = dataType;
    }

    /** ND4J's name for it. */
    public DataType dataType() {
        return dataType;
    }
}
