package io.mdc.condense;

import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.synthetic.Initialization;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * The parts of an inner loop, to be run one by one for measurements; they do exactly what they do in a
 * {@link Condenser}.
 */
public final class LoopProbe {
    private final ClassStep step;
    private final NetworkLoop network;
    private final Subsets none;
    private final Subsets half;
    private final int classes;
    private int e;

    /** Parts for {@code config}; steps with a subset need method {@code mdc} and at least two images per class. */
    public LoopProbe(CondenseConfig config, Dataset data, ChunkedGraph runner) {
        Backend backend = runner.graph().backend();
        classes = data.classes();
        SyntheticSet images = new SyntheticSet(
                backend, classes, config.synthetic().ipc(), runner.graph().imageShape());
        Tensor velocity = backend.zeros(images.images().shape());
        MultiFormation formation = new MultiFormation(
                config.synthetic().factor(), data.train().height(), data.train().width());
        new Initialization(backend, config.synthetic(), formation, data.train()).fill(images, new SplittableRandom(0));
        step = new ClassStep(config, data, images, velocity, runner);
        network = new NetworkLoop(config, data, runner);
        network.renew(1);
        none = new Subsets(config, classes, null);
        half = config.synthetic().ipc() < 2 || !config.method().adaptive()
                ? none
                : Subsets.fixed(config, classes, config.synthetic().ipc() / 2);
    }

    /**
     * One matching step of a class, with half of the images in the subset and all prefixes measured, or without a
     * subset.
     */
    public void classStep(boolean subset) {
        e++;
        // Loop 1 measures all prefixes, loop 2 of a longer period none.
        step.run(network.weights(), subset ? half : none, subset ? 1 : 2, e, e % classes);
    }

    /** One pass of network training. */
    public void train() {
        network.train(1, ++e);
    }

    /** One training step. */
    public void trainOnce() {
        network.trainOnce(1, ++e);
    }

    /** Training steps in {@link #train}. */
    public int trainingSteps() {
        return network.batches();
    }

    /** One whole inner loop. */
    public void innerLoop(boolean subset) {
        for (int c = 0; c < classes; c++) {
            classStep(subset);
        }
        train();
    }
}
