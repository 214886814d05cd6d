package io.mdc.tensor.cuda;

import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Tensor;

/**
 * {@link MatrixOps} by kernels.
 *
 * @param device where they run
 */
record CudaMatrixOps(Device device) implements MatrixOps {
    @Override
    public void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out) {
        int rows = out.dim(0);
        int columns = columns(out);
        int terms = transposeA ? a.dim(0) : columns(a);
        device.lane()
                .launch(
                        Kernel.MULTIPLY,
                        Grid.product(rows, columns, 1),
                        a,
                        transposeA ? 1 : terms,
                        transposeA ? rows : 1,
                        b,
                        transposeB ? 1 : columns,
                        transposeB ? terms : 1,
                        beta,
                        out,
                        rows,
                        columns,
                        terms);
    }

    @Override
    public void addToRows(Tensor row, Tensor matrix) {
        device.lane().launch(Kernel.ADD_TO_ROWS, Grid.each(matrix.size()), row, matrix, columns(matrix), matrix.size());
    }

    @Override
    public void columnSums(Tensor matrix, Tensor out) {
        int rows = matrix.dim(0);
        int columns = columns(matrix);
        device.lane().launch(Kernel.COLUMN_SUMS, Grid.blocks(columns, rows), matrix, out, rows, columns);
    }

    @Override
    public void transpose(Tensor matrix, Tensor out) {
        device.lane()
                .launch(
                        Kernel.TRANSPOSE,
                        Grid.each(matrix.size()),
                        matrix,
                        out,
                        matrix.dim(0),
                        columns(matrix),
                        matrix.size());
    }

    @Override
    public double[] rowDots(Tensor a, Tensor b) {
        int rows = a.dim(0);
        long columns = columns(a);
        Lane lane = device.lane();
        lane.launch(Kernel.ROW_DOTS, Grid.blocks(rows, columns), a, b, lane.results(rows), columns, a.size());
        return lane.readDoubles(rows);
    }

    @Override
    public void combineRows(double[] p, Tensor a, double[] q, Tensor b, Tensor out) {
        Lane lane = device.lane();
        lane.launch(
                Kernel.COMBINE_ROWS,
                Grid.each(a.size()),
                lane.doubles(p),
                a,
                lane.doubles(q),
                b,
                out,
                (long) columns(a),
                a.size());
    }

    @Override
    public double softmaxLoss(Tensor logits, Tensor targets, double weight, Tensor probabilities, Tensor delta) {
        int samples = logits.dim(0);
        int classes = columns(logits);
        Lane lane = device.lane();
        lane.launch(
                Kernel.SOFTMAX_LOSS,
                Grid.blocks(samples, classes),
                logits,
                targets,
                weight,
                probabilities,
                delta,
                lane.results(samples),
                classes);
        return lane.readSum(samples);
    }

    @Override
    public void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out) {
        int classes = columns(out);
        device.lane()
                .launch(
                        Kernel.SOFTMAX_LOSS_TANGENT,
                        Grid.blocks(out.dim(0), classes),
                        probabilities,
                        logitsTangent,
                        weight,
                        out,
                        classes);
    }

    @Override
    public int[] rowArgmax(Tensor matrix) {
        int rows = matrix.dim(0);
        Lane lane = device.lane();
        lane.launch(Kernel.ROW_ARGMAX, Grid.each(rows), matrix, lane.results(rows), rows, columns(matrix));
        return lane.readInts(rows);
    }

    private static int columns(Tensor x) {
        return Math.toIntExact(x.size() / x.dim(0));
    }
}
