package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static io.mdc.testing.Numbers.plus;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.network.ConvNet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTrainerTest {
    private static final int IMAGES = 6;

    private static Tensor targets(Backend backend) {
        double[] labels = new double[IMAGES * 2];
        for (int i = 0; i < IMAGES; i++) {
            labels[2 * i + i % 2] = 1;
        }
        return backend.of(labels, IMAGES, 2);
    }

    /** Of pairs of logits. */
    private static double[] softmax(double[] logits) {
        double[] softmax = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            softmax[i] = 1 / (1 + Math.exp(logits[i ^ 1] - logits[i]));
        }
        return softmax;
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void aStepMovesWeightsAlongTheGradientOfTheMeanLoss(Backend backend) {
        DifferentiableGraph graph = DifferentiableGraph.compile(ConvNet.configuration(2, 3, 1, 8, 2), 1, 8, 8, backend);
        SplittableRandom random = new SplittableRandom(1);
        Tensor images = normal(backend, random, IMAGES, 1, 8, 8);
        try (Workers workers = new Workers(2)) {
            NetworkTrainer trainer = new NetworkTrainer(new ChunkedGraph(graph, workers, 4), new Sgd(0.9, 0.01));
            trainer.weights().flat().set(Graphs.weights(graph, random).flat().toDoubles());
            double[] velocity = new double[(int) trainer.weights().flat().size()];
            for (int step = 0; step < 2; step++) {
                double[] before = trainer.weights().flat().toDoubles();
                NetworkProbe probe = NetworkProbe.run(graph, trainer.weights(), images, targets(backend));
                Tensor probabilities = backend.zeros(IMAGES, 2);
                double loss = trainer.step(images, targets(backend), probabilities, 0.1)
                        .first();
                assertClose(
                        softmax(probe.logits().toDoubles()),
                        probabilities.toDoubles(),
                        TestBackends.tolerance(backend, 1e-13, 1e-5),
                        "softmax before the step");
                double[] slope = plus(probe.gradients().flat().toDoubles(), 0.01, before);
                velocity = plus(slope, 0.9, velocity);
                double tolerance = TestBackends.tolerance(backend, 1e-13, 1e-5);
                assertClose(probe.loss(), loss, tolerance, "loss");
                assertClose(velocity, trainer.velocity().flat().toDoubles(), tolerance, "velocity");
                assertClose(
                        plus(before, -0.1, velocity), trainer.weights().flat().toDoubles(), tolerance, "weights");
            }
        }
    }

    @Test
    void aBatchIsLearntByHeart() {
        Backend backend = TestBackends.HOST;
        DifferentiableGraph graph = DifferentiableGraph.compile(ConvNet.configuration(2, 4, 1, 8, 2), 1, 8, 8, backend);
        SplittableRandom random = new SplittableRandom(2);
        Tensor images = normal(backend, random, IMAGES, 1, 8, 8);
        try (Workers workers = new Workers(1)) {
            NetworkTrainer trainer = new NetworkTrainer(new ChunkedGraph(graph, workers, 4), new Sgd(0.9, 0));
            Initializer.initialize(trainer.weights(), random);
            double first = trainer.step(images, targets(backend), 0.1).first();
            double last = first;
            for (int step = 0; step < 40; step++) {
                last = trainer.step(images, targets(backend), 0.1).first();
            }
            assertTrue(last < 0.1 * first, "from " + first + " to " + last);
        }
    }
}
