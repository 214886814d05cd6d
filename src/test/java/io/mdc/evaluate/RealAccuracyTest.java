package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.base.Workers;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Graphs;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Measures a network whose answer is the channel of the largest mean. */
class RealAccuracyTest {
    private static final int SIDE = 2;

    /** Images that are bright in one channel only. */
    private static Dataset dataset(int[] bright, int[] labels, Normalization normalization) {
        int plane = SIDE * SIDE;
        byte[] pixels = new byte[bright.length * 3 * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / plane % 3 == bright[i / (3 * plane)] ? 200 : 100);
        }
        ImageSet set = new ImageSet(pixels, labels, 3, 3, SIDE, SIDE);
        return new Dataset("channels", List.of("red", "green", "blue"), set, set, normalization, List.of());
    }

    private static double percent(Dataset data, int threads) {
        DifferentiableGraph graph = DifferentiableGraph.compile(
                Graphs.chain(
                        3,
                        SIDE,
                        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                        Graphs.output(LossFunction.MCXENT, Activation.SOFTMAX)),
                3,
                SIDE,
                SIDE,
                TestBackends.HOST);
        try (Workers workers = new Workers(threads)) {
            ChunkedGraph runner = new ChunkedGraph(graph, workers, 5);
            NetworkTrainer network = new NetworkTrainer(runner, new Sgd(0, 0));
            network.weights().get(0).set(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
            RealImages images = new RealImages(TestBackends.HOST.images(), data.test(), data.normalization());
            int[] all = IntStream.range(0, images.size()).toArray();
            return new RealAccuracy(runner, images, all).percent(network);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void isTheShareOfImagesWhoseLabelIsPredicted(int threads) {
        // More than fit into a block of memory, and a last block that is not full.
        int[] bright = new int[300];
        int[] labels = new int[300];
        for (int i = 0; i < labels.length; i++) {
            bright[i] = i * i % 3;
            labels[i] = i % 5 == 0 ? (bright[i] + 1) % 3 : bright[i];
        }
        assertEquals(80, percent(dataset(bright, labels, Normalization.identity(3)), threads), 1e-12);
    }

    @Test
    void imagesAreNormalisedAsInTraining() {
        int[] red = {0, 0, 0, 0};
        int[] labels = {0, 1, 1, 2};
        Normalization greenIsDark = new Normalization(List.of(0.5, -0.5, 0.5), List.of(1.0, 1.0, 1.0));
        assertEquals(25, percent(dataset(red, labels, Normalization.identity(3)), 1), 1e-12);
        assertEquals(50, percent(dataset(red, labels, greenIsDark), 1), 1e-12);
    }
}
