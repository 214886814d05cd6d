package io.mdc.tensor;

import static io.mdc.tensor.Operands.columns;
import static io.mdc.tensor.Operands.elements;
import static io.mdc.tensor.Operands.length;
import static io.mdc.tensor.Operands.matrix;
import static io.mdc.tensor.Operands.rows;

/** {@link MatrixOps} that refuses matrices that do not fit together. */
record CheckedMatrixOps(MatrixOps ops) implements MatrixOps {
    @Override
    public void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out) {
        rows("a", a, a.dim(0), columns(a));
        long m = transposeA ? columns(a) : a.dim(0);
        long k = transposeA ? a.dim(0) : columns(a);
        long n = transposeB ? b.dim(0) : columns(b);
        rows("b", b, Math.toIntExact(transposeB ? n : k), transposeB ? k : n);
        rows("out", out, Math.toIntExact(m), n);
        ops.multiply(a, transposeA, b, transposeB, beta, out);
    }

    @Override
    public void addToRows(Tensor row, Tensor matrix) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        elements("row", row, columns(matrix));
        ops.addToRows(row, matrix);
    }

    @Override
    public void columnSums(Tensor matrix, Tensor out) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        elements("out", out, columns(matrix));
        ops.columnSums(matrix, out);
    }

    @Override
    public void transpose(Tensor matrix, Tensor out) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        rows("out", out, Math.toIntExact(columns(matrix)), matrix.dim(0));
        ops.transpose(matrix, out);
    }

    @Override
    public Numbers rowDots(Tensor a, Tensor b) {
        rows("a", a, a.dim(0), columns(a));
        rows("b", b, a.dim(0), columns(a));
        return ops.rowDots(a, b);
    }

    @Override
    public void combineRows(double[] p, Tensor a, double[] q, Tensor b, Tensor out) {
        length("p", p.length, a.dim(0));
        length("q", q.length, a.dim(0));
        rows("a", a, a.dim(0), columns(a));
        rows("b", b, a.dim(0), columns(a));
        rows("out", out, a.dim(0), columns(a));
        ops.combineRows(p, a, q, b, out);
    }

    @Override
    public double softmaxLoss(Tensor logits, Tensor targets, double weight, Tensor probabilities, Tensor delta) {
        int n = logits.dim(0);
        int classes = Math.toIntExact(columns(logits));
        matrix("logits", logits, n, classes);
        matrix("targets", targets, n, classes);
        matrix("probabilities", probabilities, n, classes);
        matrix("delta", delta, n, classes);
        return ops.softmaxLoss(logits, targets, weight, probabilities, delta);
    }

    @Override
    public void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out) {
        int n = probabilities.dim(0);
        int classes = Math.toIntExact(columns(probabilities));
        matrix("probabilities", probabilities, n, classes);
        matrix("logitsTangent", logitsTangent, n, classes);
        matrix("out", out, n, classes);
        ops.softmaxLossTangent(probabilities, logitsTangent, weight, out);
    }

    @Override
    public void multiply(Tensor a, Groups groups, Slices b, boolean transposeB, double beta, Tensor out) {
        rows("a", a, a.dim(0), columns(a));
        rows("out", out, a.dim(0), columns(out));
        Operands.groups(groups, a.dim(0));
        Operands.slices("b", b, groups, columns(a) * columns(out));
        ops.multiply(a, groups, b, transposeB, beta, out);
    }

    @Override
    public void multiplyTransposed(Tensor a, Tensor b, Groups groups, double beta, Slices out) {
        rows("a", a, a.dim(0), columns(a));
        rows("b", b, a.dim(0), columns(b));
        Operands.groups(groups, a.dim(0));
        Operands.slices("out", out, groups, columns(a) * columns(b));
        ops.multiplyTransposed(a, b, groups, beta, out);
    }

    @Override
    public void linear(Tensor x, Tensor w, Tensor bias, Tensor y) {
        rows("x", x, x.dim(0), columns(x));
        rows("w", w, Math.toIntExact(columns(x)), columns(w));
        elements("bias", bias, columns(w));
        rows("y", y, x.dim(0), columns(w));
        ops.linear(x, w, bias, y);
    }

    @Override
    public void linearGradients(Tensor x, Tensor dy, Groups groups, Slices dw, Slices dBias) {
        rows("x", x, x.dim(0), columns(x));
        rows("dy", dy, x.dim(0), columns(dy));
        Operands.groups(groups, x.dim(0));
        Operands.slices("dw", dw, groups, columns(x) * columns(dy));
        Operands.slices("dBias", dBias, groups, columns(dy));
        ops.linearGradients(x, dy, groups, dw, dBias);
    }

    @Override
    public void addToRows(Slices rows, Groups groups, Tensor matrix) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        Operands.groups(groups, matrix.dim(0));
        Operands.slices("rows", rows, groups, columns(matrix));
        ops.addToRows(rows, groups, matrix);
    }

    @Override
    public void columnSums(Tensor matrix, Groups groups, Slices out) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        Operands.groups(groups, matrix.dim(0));
        Operands.slices("out", out, groups, columns(matrix));
        ops.columnSums(matrix, groups, out);
    }

    @Override
    public Numbers softmaxLoss(
            Tensor logits, Tensor targets, Groups groups, double[] weights, Tensor probabilities, Tensor delta) {
        int n = groups.samples();
        int classes = Math.toIntExact(columns(logits));
        length("weights", weights.length, groups.count());
        matrix("logits", logits, n, classes);
        matrix("targets", targets, n, classes);
        matrix("probabilities", probabilities, n, classes);
        matrix("delta", delta, n, classes);
        return ops.softmaxLoss(logits, targets, groups, weights, probabilities, delta);
    }

    @Override
    public void softmaxLossTangent(
            Tensor probabilities, Tensor logitsTangent, Groups groups, double[] weights, Tensor out) {
        int n = groups.samples();
        int classes = Math.toIntExact(columns(probabilities));
        length("weights", weights.length, groups.count());
        matrix("probabilities", probabilities, n, classes);
        matrix("logitsTangent", logitsTangent, n, classes);
        matrix("out", out, n, classes);
        ops.softmaxLossTangent(probabilities, logitsTangent, groups, weights, out);
    }

    @Override
    public int[] rowArgmax(Tensor matrix) {
        rows("matrix", matrix, matrix.dim(0), columns(matrix));
        return ops.rowArgmax(matrix);
    }
}
