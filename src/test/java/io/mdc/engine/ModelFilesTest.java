package io.mdc.engine;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mdc.base.Workers;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Trained networks saved here, opened by DL4J. */
class ModelFilesTest {
    private static final int IMAGES = 12;
    private static final int SIZE = 16;
    private static final int CLASSES = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"convnet:6", "resnet10:3", "resnet18-in:2", "resnet10-ap:3", "densenet:2"})
    void deeplearning4jPredictsWhatTheTrainedNetworkPredicts(String name) throws IOException {
        assertPredictsTheSame(NetworkChoice.parse(name));
    }

    @Test
    void itPredictsTheSameWithTheBatchNormOfItsDefaults(@TempDir Path own) throws IOException {
        ComputationGraph network = new ComputationGraph(Graphs.chain(
                3,
                SIZE,
                Graphs.convolution(4, 3, 1, 1, true),
                new BatchNormalization.Builder().build(),
                Graphs.relu(),
                Graphs.pool(2, PoolingType.AVG),
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build()));
        network.init();
        Path zip = own.resolve("theirs.zip");
        ModelSerializer.writeModel(network, zip.toFile(), false);
        Path json = Files.writeString(
                own.resolve("theirs.json"), network.getConfiguration().toJson());
        for (Path file : List.of(zip, json)) {
            assertPredictsTheSame(NetworkChoice.parse(file.toString()));
        }
    }

    private void assertPredictsTheSame(NetworkChoice choice) throws IOException {
        NetworkConfig config = new NetworkConfig(choice, 3, OptionalInt.empty());
        Backend backend = TestBackends.HOST;
        DifferentiableGraph graph = Networks.graph(choice, config, 3, SIZE, CLASSES, backend);
        Path file = folder.resolve("net.zip");
        double[] images = normal(new SplittableRandom(2), IMAGES * 3 * SIZE * SIZE);
        Tensor batch = backend.of(images, IMAGES, 3, SIZE, SIZE);
        Tensor logits;
        int[] classes;
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(graph, workers, 8);
            NetworkTrainer trainer = trained(runner, batch);
            Networks.save(choice, config, 3, SIZE, CLASSES, trainer, file);
            Frame frame = graph.newPassingFrame(IMAGES);
            backend.vectors().copy(batch, frame.value(0));
            graph.prepare(trainer.weights());
            graph.infer(frame, trainer.weights(), trainer.statistics());
            logits = graph.logits(frame);
            classes = runner.predict(
                    trainer.weights(),
                    trainer.statistics(),
                    new Samples(batch, null, null, 0).cut(0, IMAGES, 8, 0, false));
        }
        INDArray theirs = ComputationGraph.load(file.toFile(), false)
                .outputSingle(
                        false,
                        Nd4j.createFromArray(images)
                                .castTo(Nd4j.dataType())
                                .reshape('c', batch.shape()[0], 3, SIZE, SIZE));
        Tensor probabilities = backend.zeros(IMAGES, CLASSES);
        backend.matrices().softmaxLoss(logits, probabilities, 1, probabilities, backend.zeros(IMAGES, CLASSES));
        assertClose(theirs.dup('c').data().asDouble(), probabilities.toDoubles(), 1e-4);
        for (int i = 0; i < IMAGES; i++) {
            assertEquals(theirs.getRow(i).argMax().getInt(0), classes[i]);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private static NetworkTrainer trained(ChunkedGraph runner, Tensor images) {
        NetworkTrainer trainer = new NetworkTrainer(runner, new Sgd(0.9, 5e-4));
        Initializer.initialize(trainer.weights(), new SplittableRandom(1));
        double[] targets = new double[IMAGES * CLASSES];
        for (int i = 0; i < IMAGES; i++) {
            targets[i * CLASSES + i % CLASSES] = 1;
        }
        Tensor labels = runner.graph().backend().of(targets, IMAGES, CLASSES);
        for (int step = 0; step < 5; step++) {
            trainer.step(images, labels, 0.02);
        }
        return trainer;
    }
}
