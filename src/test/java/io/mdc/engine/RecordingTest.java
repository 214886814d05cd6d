package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.Workers;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingTest {
    private static final int IMAGES = 7;
    private static final int CAPACITY = 2;

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** A batch, weights and a direction. */
    private final class Problem {
        private final Backend backend;
        private final DifferentiableGraph graph;
        private final ChunkedGraph runner;
        private final ParameterSet weights;
        private final ParameterSet direction;
        private final Samples samples;
        private final Tensor out;

        Problem(Backend backend, long seed) {
            this.backend = backend;
            graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 3, 8, 3), 3, 8, 8, backend);
            runner = new ChunkedGraph(graph, workers, CAPACITY);
            SplittableRandom random = new SplittableRandom(seed);
            weights = Graphs.weights(graph, random);
            direction = Graphs.weights(graph, random);
            double[] labels = new double[IMAGES * 3];
            for (int i = 0; i < IMAGES; i++) {
                labels[3 * i + i % 3] = 1;
            }
            samples = new Samples(
                    normal(backend, random, IMAGES, 3, 8, 8),
                    backend.of(labels, IMAGES, 3),
                    backend.zeros(IMAGES, graph.features()),
                    1.0 / IMAGES);
            out = backend.zeros(IMAGES, 3, 8, 8);
        }

        List<Chunk> chunks() {
            return samples.cut(0, IMAGES, CAPACITY, 0, true);
        }

        List<Tensor> rows(Tensor batch) {
            List<Tensor> rows = new ArrayList<>();
            int start = 0;
            for (Chunk chunk : chunks()) {
                rows.add(batch.rows(start, start + chunk.size()));
                start += chunk.size();
            }
            return rows;
        }

        double[] tangents(Recording recording) {
            recording.tangents(new ParameterSet[] {direction}, rows(out));
            return out.toDoubles();
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void otherPassesInBetweenDoNotTouchARecording(Backend backend) {
        Problem problem = new Problem(backend, 1);
        Problem other = new Problem(backend, 2);
        double[] expected;
        ParameterSet sum = problem.graph.newParameters();
        try (Recording alone = problem.runner.gradients(problem.weights, problem.chunks(), sum)) {
            expected = problem.tangents(alone);
        }
        try (Recording first = problem.runner.gradients(problem.weights, problem.chunks(), sum)) {
            ParameterSet otherSum = problem.graph.newParameters();
            problem.runner.train(other.weights, problem.graph.newStatistics(), other.chunks(), otherSum);
            try (Recording second = problem.runner.gradients(other.weights, other.chunks(), otherSum)) {
                second.tangents(new ParameterSet[] {other.direction}, other.rows(other.out));
                assertArrayEquals(expected, problem.tangents(first));
            }
            assertArrayEquals(expected, problem.tangents(first), "again");
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void weightTangentsOfChunksAreThatOfThePiece(Backend backend) {
        Problem problem = new Problem(backend, 3);
        ParameterSet moved = problem.graph.newParameters();
        try (Recording recording =
                problem.runner.gradients(problem.weights, problem.chunks(), problem.graph.newParameters())) {
            recording.tangents(new ParameterSet[] {problem.direction}, problem.rows(problem.out), moved);
        }
        ParameterSet whole = problem.graph.newParameters();
        ChunkedGraph one = new ChunkedGraph(problem.graph, workers, IMAGES);
        List<Chunk> chunk = problem.samples.whole().stream()
                .map(c -> new Chunk(c.images(), c.targets(), c.features(), null, c.weight(), 0, true))
                .toList();
        try (Recording recording = one.gradients(problem.weights, chunk, problem.graph.newParameters())) {
            recording.tangents(new ParameterSet[] {problem.direction}, List.of(problem.out), whole);
        }
        assertClose(whole.flat().toDoubles(), moved.flat().toDoubles(), TestBackends.tolerance(backend, 1e-12, 1e-4));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void aHeadAtTheFeaturesGivesGradientsOfImagesAndWeights(Backend backend) {
        Problem problem = new Problem(backend, 4);
        Tensor cotangent = normal(backend, new SplittableRandom(9), IMAGES, problem.graph.features());
        ParameterSet sum = problem.graph.newParameters();
        try (Recording recording = problem.runner.forward(problem.weights, problem.chunks(), Site.FEATURES)) {
            List<Cotangent> heads = problem.rows(cotangent).stream()
                    .map(rows -> new Cotangent(Site.FEATURES, rows))
                    .toList();
            assertArrayEquals(
                    new double[1],
                    recording.backward(heads, problem.rows(problem.out), sum).get());
        }
        // against the slope of ⟨features, cotangent⟩ in the direction
        double step = backend.precision() == io.mdc.tensor.Precision.DOUBLE ? 1e-6 : 1e-3;
        double slope = (pull(problem, cotangent, step) - pull(problem, cotangent, -step)) / (2 * step);
        double along = dot(sum.flat().toDoubles(), problem.direction.flat().toDoubles());
        assertEquals(slope, along, Math.abs(slope) * TestBackends.tolerance(backend, 1e-7, 2e-2), "weights");
        assertEquals(
                0,
                problem.backend.vectors().sumOfSquares(sum.get("classifier_W")).first(),
                "behind the features");
    }

    private double pull(Problem problem, Tensor cotangent, double step) {
        ParameterSet moved = problem.graph.newParameters();
        moved.flat()
                .set(plus(
                        problem.weights.flat().toDoubles(),
                        step,
                        problem.direction.flat().toDoubles()));
        problem.runner.forward(moved, problem.chunks(), Site.FEATURES).close();
        return dot(problem.samples.features().toDoubles(), cotangent.toDoubles());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void aTangentWithoutABackwardPassIsRefused() {
        Problem problem = new Problem(TestBackends.DOUBLE, 5);
        try (Recording recording = problem.runner.forward(problem.weights, problem.chunks(), Site.LOGITS)) {
            assertThrows(IllegalStateException.class, () -> problem.tangents(recording));
        }
    }

    @Test
    void memoryOfAClosedRecordingIsUsedAgain() {
        Problem problem = new Problem(TestBackends.HOST, 6);
        ParameterSet sum = problem.graph.newParameters();
        Recording first = problem.runner.gradients(problem.weights, problem.chunks(), sum);
        ChunkSlot slot = first.slot(0);
        first.close();
        try (Recording second = problem.runner.gradients(problem.weights, problem.chunks(), sum)) {
            List<ChunkSlot> slots = new ArrayList<>();
            for (int i = 0; i < problem.chunks().size(); i++) {
                slots.add(second.slot(i));
            }
            assertEquals(1, slots.stream().filter(s -> s == slot).count());
        }
    }
}
