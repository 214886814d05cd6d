package io.mdc.tensor.cuda;

import io.mdc.tensor.Groups;
import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;

/**
 * {@link MatrixOps} by kernels.
 *
 * @param device where they run
 */
record CudaMatrixOps(Device device) implements MatrixOps {
    @Override
    public void multiply(Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta, Tensor out) {
        int terms = transposeA ? a.dim(0) : columns(a);
        multiply(a, transposeA, Batch.whole(out.dim(0)), b, 0, transposeB, beta, null, out, terms);
    }

    @Override
    public void linear(Tensor x, Tensor w, Tensor bias, Tensor y) {
        multiply(x, false, Batch.whole(y.dim(0)), w, 0, false, 0, bias, y, columns(x));
    }

    @Override
    public void multiply(Tensor a, Groups groups, Slices b, boolean transposeB, double beta, Tensor out) {
        Batch batch = Batch.of(device, groups);
        multiply(a, false, batch, Batch.first(b), Batch.stride(b), transposeB, beta, null, out, columns(a));
    }

    private void multiply(
            Tensor a,
            boolean transposeA,
            Batch batch,
            Tensor b,
            long stride,
            boolean transposeB,
            double beta,
            Tensor row,
            Tensor out,
            int terms) {
        int rows = out.dim(0);
        int columns = columns(out);
        device.lane()
                .launch(
                        Kernel.MULTIPLY,
                        Grid.product(batch.largest(), columns, batch.count()),
                        a,
                        transposeA ? 1 : terms,
                        transposeA ? rows : 1,
                        b,
                        transposeB ? 1 : columns,
                        transposeB ? terms : 1,
                        stride,
                        beta,
                        row,
                        out,
                        batch.ends(),
                        rows,
                        columns,
                        terms);
    }

    @Override
    public void multiplyTransposed(Tensor a, Tensor b, Groups groups, double beta, Slices out) {
        multiplyTransposed(a, b, groups, beta, out, null);
    }

    @Override
    public void linearGradients(Tensor x, Tensor dy, Groups groups, Slices dw, Slices dBias) {
        multiplyTransposed(x, dy, groups, 0, dw, dBias);
    }

    private void multiplyTransposed(Tensor a, Tensor b, Groups groups, double beta, Slices out, Slices sums) {
        Batch batch = Batch.of(device, groups);
        int rows = columns(a) + (sums == null ? 0 : 1);
        device.lane()
                .launch(
                        Kernel.MULTIPLY_TRANSPOSED,
                        Grid.product(rows, columns(b), batch.count()),
                        a,
                        b,
                        beta,
                        Batch.first(out),
                        Batch.first(sums),
                        Batch.stride(out),
                        batch.ends(),
                        a.dim(0),
                        columns(a),
                        columns(b));
    }

    @Override
    public void addToRows(Tensor row, Tensor matrix) {
        addToRows(Slices.alone(row), Groups.whole(matrix.dim(0)), matrix);
    }

    @Override
    public void addToRows(Slices rows, Groups groups, Tensor matrix) {
        device.lane()
                .launch(
                        Kernel.ADD_TO_ROWS,
                        Grid.each(matrix.size()),
                        Batch.first(rows),
                        Batch.stride(rows),
                        Batch.of(device, groups).ends(),
                        matrix,
                        columns(matrix),
                        matrix.size());
    }

    @Override
    public void columnSums(Tensor matrix, Tensor out) {
        columnSums(matrix, Groups.whole(matrix.dim(0)), Slices.alone(out));
    }

    @Override
    public void columnSums(Tensor matrix, Groups groups, Slices out) {
        int columns = columns(matrix);
        Batch batch = Batch.of(device, groups);
        device.lane()
                .launch(
                        Kernel.COLUMN_SUMS,
                        Grid.full(columns).times(batch.count(), 1),
                        matrix,
                        Batch.first(out),
                        Batch.stride(out),
                        batch.ends(),
                        matrix.dim(0),
                        columns);
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
    public Numbers rowDots(Tensor a, Tensor b) {
        int rows = a.dim(0);
        long columns = columns(a);
        return device.results().of(rows, out -> device.lane()
                .launch(Kernel.ROW_DOTS, Grid.blocks(rows, columns), a, b, out, columns, a.size()));
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
        return softmaxLoss(logits, targets, Groups.whole(logits.dim(0)), new double[] {weight}, probabilities, delta)
                .first();
    }

    @Override
    public Numbers softmaxLoss(
            Tensor logits, Tensor targets, Groups groups, double[] weights, Tensor probabilities, Tensor delta) {
        int samples = logits.dim(0);
        int classes = columns(logits);
        Batch batch = Batch.of(device, groups);
        return device.results()
                .of(samples, out -> device.lane()
                        .launch(
                                Kernel.SOFTMAX_LOSS,
                                Grid.blocks(samples, classes),
                                logits,
                                targets,
                                device.tables().floats(weights),
                                batch.ends(),
                                probabilities,
                                delta,
                                out,
                                classes))
                .then(losses -> sums(losses, groups));
    }

    private static double[] sums(double[] ofSamples, Groups groups) {
        double[] sums = new double[groups.count()];
        for (int g = 0; g < sums.length; g++) {
            for (int i = groups.start(g); i < groups.end(g); i++) {
                sums[g] += ofSamples[i];
            }
        }
        return sums;
    }

    @Override
    public void softmaxLossTangent(Tensor probabilities, Tensor logitsTangent, double weight, Tensor out) {
        softmaxLossTangent(probabilities, logitsTangent, Groups.whole(out.dim(0)), new double[] {weight}, out);
    }

    @Override
    public void softmaxLossTangent(
            Tensor probabilities, Tensor logitsTangent, Groups groups, double[] weights, Tensor out) {
        int classes = columns(out);
        device.lane()
                .launch(
                        Kernel.SOFTMAX_LOSS_TANGENT,
                        Grid.blocks(out.dim(0), classes),
                        probabilities,
                        logitsTangent,
                        device.tables().floats(weights),
                        Batch.of(device, groups).ends(),
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
