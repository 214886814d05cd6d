package io.mdc.tensor;

import static io.mdc.tensor.Operands.length;
import static io.mdc.tensor.Operands.matrix;

/** {@link SetOps} that refuses sets that do not fit together. */
record CheckedSetOps(SetOps ops) implements SetOps {
    @Override
    public void combine(double[][] coefficients, Tensor sets, Tensor out) {
        matrix("out", out, coefficients.length, sets.dim(1));
        for (double[] row : coefficients) {
            length("coefficients", row.length, sets.dim(0));
        }
        ops.combine(coefficients, sets, out);
    }

    @Override
    public Numbers distances(Measure measure, Row[] rows, Tensor own, Tensor other, int[] otherOf, Tensor derivative) {
        int size = own.dim(1);
        matrix("other", other, other.dim(0), size);
        matrix("derivative", derivative, own.dim(0), size);
        length("otherOf", otherOf.length, own.dim(0));
        for (int row : otherOf) {
            if (row < 0 || row >= other.dim(0)) {
                throw new IllegalArgumentException("otherOf: " + row + " of " + other.dim(0) + " sets");
            }
        }
        for (Row row : rows) {
            if (row.first() < 0 || row.first() + (long) row.step() * (row.length() - 1) >= size) {
                throw new IllegalArgumentException(row + " in sets of " + size);
            }
        }
        return ops.distances(measure, rows, own, other, otherOf, derivative);
    }
}
