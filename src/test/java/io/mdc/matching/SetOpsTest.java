package io.mdc.matching;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.tensor.Backend;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;
import io.mdc.testing.Emulator;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic on many sets at once against the distances of single arrays, in double. */
class SetOpsTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 1500;

    private final SplittableRandom random = new SplittableRandom(1);
    private Backend cuda;

    @BeforeEach
    void takeTheGpu() {
        assumeTrue(Emulator.backend().isPresent(), "no emulator here");
        cuda = Emulator.backend().get();
    }

    /** Sets of an array [5, 1500] after three elements that do not count, and its transpose's worth of rows. */
    @ParameterizedTest
    @EnumSource(Distance.class)
    void distancesAreThoseOfArrays(Distance distance) {
        GradientDistance measure = distance.measure();
        int size = ROWS * COLUMNS;
        Tensor own = normal(cuda, random, 3, size + 3);
        Tensor other = normal(cuda, random, 2, size + 3);
        int[] otherOf = {1, 0, 1};
        SetOps.Row[] rows = measure.ofRows()
                ? IntStream.range(0, ROWS)
                        .mapToObj(i -> new SetOps.Row(3 + i * COLUMNS, 1, COLUMNS))
                        .toArray(SetOps.Row[]::new)
                : new SetOps.Row[] {new SetOps.Row(3, 1, size)};
        Tensor derivative = normal(cuda, random, 3, size + 3);
        double[] found = cuda.sets()
                .orElseThrow()
                .distances(measure.together(), rows, own, other, otherOf, derivative)
                .get();
        Backend exact = TestBackends.DOUBLE;
        for (int i = 0; i < 3; i++) {
            Tensor expected = exact.zeros(ROWS, COLUMNS);
            double alone = measure.measure(
                    exact, array(own.rows(i, i + 1)), array(other.rows(otherOf[i], otherOf[i] + 1)), expected);
            assertClose(alone, found[i], 1e-6, "distance");
            assertClose(expected.toDoubles(), array(derivative.rows(i, i + 1)).toDoubles(), 1e-6, "derivative");
            assertClose(
                    new double[3],
                    derivative.rows(i, i + 1).reshape(size + 3).rows(0, 3).toDoubles(),
                    0,
                    "what does not count");
        }
    }

    private static Tensor array(Tensor set) {
        return TestBackends.DOUBLE.of(
                set.reshape(Math.toIntExact(set.size()))
                        .rows(3, Math.toIntExact(set.size()))
                        .toDoubles(),
                ROWS,
                COLUMNS);
    }

    /** Rows of elements that do not lie together, as those of a dense layer by output. */
    @Test
    void rowsMayHaveSteps() {
        Tensor own = normal(cuda, random, 1, 12);
        Tensor other = normal(cuda, random, 1, 12);
        SetOps.Row[] columns =
                IntStream.range(0, 3).mapToObj(i -> new SetOps.Row(i, 3, 4)).toArray(SetOps.Row[]::new);
        Tensor derivative = cuda.zeros(1, 12);
        double found = cuda.sets()
                .orElseThrow()
                .distances(SetOps.Measure.COSINE, columns, own, other, new int[1], derivative)
                .first();
        Backend exact = TestBackends.DOUBLE;
        Tensor expected = exact.zeros(3, 4);
        double alone = Distance.COSINE.measure().measure(exact, transposed(own), transposed(other), expected);
        assertClose(alone, found, 1e-6, "distance");
        assertClose(expected.toDoubles(), transposed(derivative).toDoubles(), 1e-6, "derivative");
    }

    private static Tensor transposed(Tensor x) {
        double[] values = x.toDoubles();
        double[] turned = new double[12];
        for (int i = 0; i < 12; i++) {
            turned[i % 3 * 4 + i / 3] = values[i];
        }
        return TestBackends.DOUBLE.of(turned, 3, 4);
    }

    @Test
    void combinationsAreSumsOfRows() {
        Tensor sets = normal(cuda, random, 3, 1100);
        double[][] coefficients = {{0, 2, 0}, {1, -0.5, 3}};
        Tensor out = normal(cuda, random, 2, 1100);
        cuda.sets().orElseThrow().combine(coefficients, sets, out);
        double[] values = sets.toDoubles();
        double[] expected = new double[2 * 1100];
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < 3; k++) {
                expected[i] += coefficients[i / 1100][k] * values[k * 1100 + i % 1100];
            }
        }
        assertClose(expected, out.toDoubles(), 1e-6);
    }
}
