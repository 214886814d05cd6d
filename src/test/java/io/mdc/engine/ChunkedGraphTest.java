package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.map;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.mdc.base.Workers;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.DeviceLike;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkedGraphTest {
    private static final int IMAGES = 13;
    private static final int CLASSES = 3;

    /** A batch with weights, on one backend. */
    private static final class Problem {
        private final Backend backend;
        private final DifferentiableGraph graph;
        private final ParameterSet weights;
        private final ParameterSet direction;
        private final Tensor images;
        private final Tensor targets;
        private final Tensor features;

        Problem(Backend backend) {
            this.backend = backend;
            graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 3, 9, CLASSES), 3, 9, 9, backend);
            SplittableRandom random = new SplittableRandom(3);
            weights = Graphs.weights(graph, random);
            direction = graph.newParameters();
            direction.flat().set(normal(random, (int) direction.flat().size()));
            images = normal(backend, random, IMAGES, 3, 9, 9);
            double[] labels = new double[IMAGES * CLASSES];
            for (int i = 0; i < IMAGES; i++) {
                labels[i * CLASSES + i % CLASSES] = 1;
            }
            targets = backend.of(labels, IMAGES, CLASSES);
            features = backend.zeros(IMAGES, graph.features());
        }

        List<Chunk> cut(double weight, int group, boolean recorded, int from, int to, int largest) {
            return new Samples(images, targets, features, weight).cut(from, to, largest, group, recorded);
        }

        ParameterSet[] sums(int groups) {
            ParameterSet[] sums = new ParameterSet[groups];
            Arrays.setAll(sums, g -> graph.newParameters());
            return sums;
        }

        NetworkProbe probe(int from, int to) {
            return NetworkProbe.run(graph, weights, images.rows(from, to), targets.rows(from, to));
        }
    }

    /** Rows of {@code batch} for every recorded chunk, null for others, in order. */
    private static List<Tensor> outputs(List<Chunk> chunks, Tensor batch) {
        List<Tensor> outputs = new ArrayList<>();
        int row = 0;
        for (Chunk chunk : chunks) {
            int n = chunk.images().dim(0);
            outputs.add(chunk.recorded() ? batch.rows(row, row + n) : null);
            row += n;
        }
        return outputs;
    }

    static Stream<Arguments> capacities() {
        return Stream.of(
                Arguments.of(named("nd4j double", TestBackends.DOUBLE), 4),
                Arguments.of(named("nd4j float", TestBackends.FLOAT), 5),
                Arguments.of(named("host", TestBackends.HOST), 1),
                Arguments.of(named("host", TestBackends.HOST), 5),
                Arguments.of(named("host", TestBackends.HOST), 20));
    }

    @ParameterizedTest
    @MethodSource("capacities")
    void groupsGetTheGradientsOfTheirImages(Backend backend, int capacity) {
        Problem problem = new Problem(backend);
        List<Chunk> chunks = new ArrayList<>(problem.cut(1.0 / 6, 0, false, 0, 6, capacity));
        chunks.addAll(problem.cut(0.5, 1, false, 6, IMAGES, capacity));
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(problem.graph, workers, capacity);
            ParameterSet[] sums = problem.sums(2);
            for (int repeat = 0; repeat < 2; repeat++) {
                double[] losses;
                try (Recording passed = runner.gradients(problem.weights, chunks, sums)) {
                    losses = passed.losses().get();
                }
                NetworkProbe first = problem.probe(0, 6);
                NetworkProbe second = problem.probe(6, IMAGES);
                double tolerance = TestBackends.tolerance(backend, 1e-13, 1e-5);
                assertClose(first.loss(), losses[0], tolerance, "mean loss");
                assertClose(3.5 * second.loss(), losses[1], tolerance, "weighted loss");
                assertClose(
                        first.gradients().flat().toDoubles(), sums[0].flat().toDoubles(), tolerance, "mean gradient");
                assertClose(
                        map(second.gradients().flat().toDoubles(), g -> 3.5 * g),
                        sums[1].flat().toDoubles(),
                        tolerance,
                        "weighted gradient");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void anyNumberOfThreadsGivesTheSameBits(Backend backend) {
        List<float[]> results = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3, 2}) {
            Problem problem = new Problem(backend);
            try (Workers workers = new Workers(threads)) {
                ChunkedGraph runner = new ChunkedGraph(problem.graph, workers, 2);
                List<Chunk> chunks = new ArrayList<>(problem.cut(0.1, 0, true, 0, 6, 2));
                chunks.addAll(problem.cut(0.1, 1, false, 6, IMAGES, 2));
                ParameterSet[] sums = problem.sums(2);
                Tensor moved = backend.zeros(6, 3, 9, 9);
                List<Tensor> outputs = outputs(chunks, moved);
                for (int repeat = 0; repeat < 2; repeat++) {
                    double[] losses;
                    try (Recording recording = runner.gradients(problem.weights, chunks, sums)) {
                        losses = recording.losses().get();
                        recording.tangents(new ParameterSet[] {problem.direction, null}, outputs);
                    }
                    results.add(sums[0].flat().toFloats());
                    results.add(sums[1].flat().toFloats());
                    results.add(moved.toFloats());
                    results.add(new float[] {(float) losses[0], (float) losses[1]});
                }
            }
        }
        for (int i = 4; i < results.size(); i++) {
            assertArrayEquals(results.get(i % 4), results.get(i), "result " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("capacities")
    void tangentsAreThoseOfOnePiece(Backend backend, int capacity) {
        Problem problem = new Problem(backend);
        Tensor whole = backend.zeros(problem.images.shape());
        Tensor pieces = backend.zeros(problem.images.shape());
        backend.vectors().fill(pieces, 7);
        try (Workers workers = new Workers(2)) {
            ChunkedGraph one = new ChunkedGraph(problem.graph, workers, IMAGES);
            List<Chunk> chunk = problem.cut(0.5, 0, true, 0, IMAGES, IMAGES);
            try (Recording recording = one.gradients(problem.weights, chunk, problem.sums(1))) {
                recording.tangents(new ParameterSet[] {problem.direction}, outputs(chunk, whole));
            }

            // rest, then two recorded stretches in different groups, with different directions
            ParameterSet twice = problem.graph.newParameters();
            backend.vectors().copy(problem.direction.flat(), twice.flat());
            backend.vectors().scale(2, twice.flat());
            List<Chunk> chunks = new ArrayList<>(problem.cut(0.5, 0, false, 0, 3, capacity));
            chunks.addAll(problem.cut(0.5, 1, true, 3, 8, capacity));
            chunks.addAll(problem.cut(0.5, 2, true, 8, IMAGES, capacity));
            List<Tensor> outputs = outputs(chunks, pieces);
            ChunkedGraph runner = new ChunkedGraph(problem.graph, workers, capacity);
            for (int repeat = 0; repeat < 2; repeat++) {
                try (Recording recording = runner.gradients(problem.weights, chunks, problem.sums(3))) {
                    recording.tangents(new ParameterSet[] {null, problem.direction, twice}, outputs);
                }
            }
        }
        double tolerance = TestBackends.tolerance(backend, 1e-13, 2e-5);
        assertArrayEquals(map(new double[3 * 243], v -> 7), pieces.rows(0, 3).toDoubles());
        assertClose(whole.rows(3, 8).toDoubles(), pieces.rows(3, 8).toDoubles(), tolerance, "direction");
        assertClose(
                map(whole.rows(8, IMAGES).toDoubles(), v -> 2 * v),
                pieces.rows(8, IMAGES).toDoubles(),
                tolerance,
                "twice the direction");
    }

    @ParameterizedTest
    @MethodSource("capacities")
    void predictionsAreTheLargestLogitsInOrder(Backend backend, int capacity) {
        Problem problem = new Problem(backend);
        int[] expected = backend.matrices().rowArgmax(problem.probe(0, IMAGES).logits());
        try (Workers workers = new Workers(3)) {
            ChunkedGraph runner = new ChunkedGraph(problem.graph, workers, capacity);
            assertArrayEquals(
                    expected,
                    runner.predict(
                            problem.weights,
                            problem.graph.newStatistics(),
                            problem.cut(1, 0, false, 0, IMAGES, capacity)));
        }
        assertTrue(Arrays.stream(expected).distinct().count() > 1, "the batch should show several classes");
    }

    @ParameterizedTest
    @MethodSource("capacities")
    void featuresOfAllImagesAreKept(Backend backend, int capacity) {
        Problem problem = new Problem(backend);
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(problem.graph, workers, capacity);
            runner.gradients(problem.weights, problem.cut(1, 0, false, 0, IMAGES, capacity), problem.sums(1))
                    .close();
        }
        // logits − bias = features · W
        double[] bias = problem.weights.get("classifier_b").toDoubles();
        double[] logits = problem.probe(0, IMAGES).logits().toDoubles();
        for (int i = 0; i < logits.length; i++) {
            logits[i] -= bias[i % CLASSES];
        }
        Tensor product = backend.zeros(IMAGES, CLASSES);
        backend.matrices().multiply(problem.features, false, problem.weights.get("classifier_W"), false, 0, product);
        assertClose(logits, product.toDoubles(), TestBackends.tolerance(backend, 1e-13, 1e-5));
    }

    @ParameterizedTest
    @CsvSource({"0,13,4,4", "0,12,4,4", "2,3,8,1", "5,13,8,2", "0,9,8,2", "3,3,4,0", "0,13,3,6", "0,3,1,3"})
    void chunksAreFewOfEqualSizeAndOfEvenNumber(int from, int to, int largest, int count) {
        Problem problem = new Problem(TestBackends.DOUBLE);
        List<Chunk> chunks = problem.cut(0.25, 2, true, from, to, largest);
        assertEquals(count, chunks.size());
        int row = from;
        for (Chunk chunk : chunks) {
            int n = chunk.images().dim(0);
            assertEquals((to - from) / (double) count, n, 0.999);
            assertArrayEquals(
                    problem.images.rows(row, row + n).toDoubles(),
                    chunk.images().toDoubles());
            assertArrayEquals(
                    problem.targets.rows(row, row + n).toDoubles(),
                    chunk.targets().toDoubles());
            assertEquals(n, chunk.features().dim(0));
            row += n;
        }
        assertEquals(to, row);
        assertEquals(0.25, count == 0 ? 0.25 : chunks.get(0).weight());
    }

    @Test
    void chunksNeedNoFeatures() {
        Problem problem = new Problem(TestBackends.DOUBLE);
        assertNull(Samples.mean(problem.images, problem.targets)
                .cut(0, 3, 4, 0, false)
                .get(0)
                .features());
    }

    @Test
    void gradientsArriveInAnyOrderAndAreAddedInTheirs() {
        Problem problem = new Problem(TestBackends.FLOAT);
        SetPool pool = new SetPool(problem.graph::newParameters);
        // 1e8 + 1 − 1e8 is 0 in float in this order, 1 in others
        double[] values = {1e8, 1, 5, -1e8};
        int[] groups = {0, 0, 1, 0};
        List<Chunk> chunks = Arrays.stream(groups)
                .mapToObj(group ->
                        new Chunk(problem.images.rows(0, 1), problem.targets.rows(0, 1), null, null, 1, group, false))
                .toList();
        int[][] orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 3, 0, 1}};
        List<Span> spans = Span.single(chunks);
        ParameterSet[] sums = problem.sums(3);
        for (int[] order : orders) {
            for (ParameterSet sum : sums) {
                problem.backend.vectors().fill(sum.flat(), 7);
            }
            OrderedSum sum = new OrderedSum(false, pool, problem.backend.vectors(), spans, sums);
            for (int number : order) {
                ParameterSet gradient = sum.borrow(spans.get(number));
                problem.backend.vectors().fill(gradient.flat(), values[number]);
                sum.add(number, gradient);
            }
            assertEquals(0, sums[0].flat().toDoubles()[7]);
            assertEquals(5, sums[1].flat().toDoubles()[7]);
            assertEquals(0, sums[2].flat().toDoubles()[7], "a group without chunks");
        }
        // what an aborted pass left over does not reach the next one
        OrderedSum aborted = new OrderedSum(false, pool, problem.backend.vectors(), spans, sums);
        ParameterSet early = aborted.borrow(spans.get(1));
        problem.backend.vectors().fill(early.flat(), 3);
        aborted.add(1, early);
        OrderedSum sum = new OrderedSum(false, pool, problem.backend.vectors(), spans, sums);
        ParameterSet gradient = sum.borrow(spans.get(0));
        problem.backend.vectors().fill(gradient.flat(), 2);
        sum.add(0, gradient);
        double[] total = sums[0].flat().toDoubles();
        assertArrayEquals(map(total, v -> 2), total);
    }

    static Stream<Named<Graphs.Example>> examples() {
        return Stream.concat(
                        Stream.of(new Graphs.Example("ConvNet", ConvNet.configuration(2, 4, 3, 9, CLASSES), 3, 9)),
                        Graphs.coupled())
                .map(example -> named(example.name(), example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aDevicesMemoryIsTakenOnceHoweverManyThreadsThereAre(Graphs.Example example) {
        assertEquals(takenToPredict(example, 1), takenToPredict(example, 4));
    }

    private static long takenToPredict(Graphs.Example example, int threads) {
        DeviceLike memory = new DeviceLike(1L << 40);
        DifferentiableGraph graph = example.compile(memory.backend());
        try (Workers workers = new Workers(threads)) {
            ChunkedGraph runner = new ChunkedGraph(graph, workers, 2);
            Tensor images = normal(
                    graph.backend(), new SplittableRandom(3), 64, example.channels(), example.size(), example.size());
            List<Chunk> chunks = new Samples(images, null, null, 0).cut(0, 64, 2, 0, false);
            runner.predict(Graphs.weights(graph, new SplittableRandom(4)), graph.newStatistics(), chunks);
        }
        return memory.taken();
    }
}
