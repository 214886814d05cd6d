package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Room;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** {@link SetOps} by kernels. */
final class CudaSetOps implements SetOps {
    /** Elements that a block compares, where a sum over a row can be cut. */
    private static final int PIECE = 1 << 12;

    private final Device device;
    private final ThreadLocal<Room> distances;

    CudaSetOps(Device device, Allocator memory) {
        this.device = device;
        distances = ThreadLocal.withInitial(() -> new Room(memory));
    }

    @Override
    public void combine(double[][] coefficients, Tensor sets, Tensor out) {
        device.lane()
                .launch(
                        Kernel.COMBINE_SETS,
                        Grid.each(sets.dim(1)),
                        device.tables()
                                .floats(Arrays.stream(coefficients)
                                        .flatMapToDouble(Arrays::stream)
                                        .toArray()),
                        sets,
                        out,
                        coefficients.length,
                        sets.dim(0),
                        (long) sets.dim(1));
    }

    @Override
    public Numbers distances(Measure measure, Row[] rows, Tensor own, Tensor other, int[] otherOf, Tensor derivative) {
        List<Row> pieces = measure == Measure.COSINE ? List.of(rows) : cut(rows);
        int[] table = pieces.stream()
                .flatMapToInt(row -> IntStream.of(row.first(), row.step(), row.length()))
                .toArray();
        int sets = own.dim(0);
        CudaStorage.of(derivative).clear();
        if (rows.length == 0) {
            return Numbers.of(new double[sets]);
        }
        // Doubles in a room of floats.
        Tensor ofRows = distances.get().of(2 * sets * pieces.size());
        device.lane()
                .launch(
                        Kernel.SET_DISTANCES,
                        Grid.blocks(pieces.size(), PIECE).times(sets, 1),
                        code(measure),
                        device.tables().ints(table),
                        own,
                        other,
                        device.tables().ints(otherOf),
                        derivative,
                        ofRows,
                        (long) own.dim(1));
        return device.results().of(sets, out -> device.lane()
                .launch(Kernel.SUM_DISTANCES, Grid.blocks(sets, pieces.size()), ofRows, out, pieces.size()));
    }

    /** As {@code sets.cu} has it. */
    private static int code(Measure measure) {
        return switch (measure) {
            case COSINE -> 0;
            case SQUARES -> 1;
            case MAGNITUDES -> 2;
        };
    }

    private static List<Row> cut(Row[] rows) {
        List<Row> pieces = new ArrayList<>();
        for (Row row : rows) {
            for (int from = 0; from < row.length(); from += PIECE) {
                pieces.add(new Row(row.first() + from * row.step(), row.step(), Math.min(PIECE, row.length() - from)));
            }
        }
        return pieces;
    }
}
