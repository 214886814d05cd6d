package io.mdc.pretrained;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.step.ParameterSet;
import java.util.function.BooleanSupplier;

/** Training of networks on the real images, from one kept state to the next. Not thread-safe. */
final class NetworkTraining {
    private final TrainingPlan plan;
    private final ChunkedGraph runner;
    private final NetworkTrainer trainer;
    private final RealImages source;
    private final Augmentation augmentation;
    private final CutMix cutMix;
    private final TrainingBatch batch;
    private ShuffledSampler order;
    private int orderOf = -1;

    NetworkTraining(TrainingPlan plan, Dataset data, ChunkedGraph runner) {
        this.plan = plan;
        this.runner = runner;
        trainer = new NetworkTrainer(runner, plan.sgd());
        source = new RealImages(runner.graph().backend().images(), data.train(), data.normalization());
        augmentation = new Augmentation(plan.augmentation(), data.normalization());
        cutMix = new CutMix(plan.cutMix());
        batch = new TrainingBatch(
                runner.graph().backend(), plan.batchSize(), runner.graph().imageShape(), data.classes());
    }

    /** Those of the network that is trained; set to a state to begin with it. */
    ParameterSet weights() {
        return trainer.weights();
    }

    /**
     * Trains to a state from the one before.
     *
     * @param done called after every step
     * @param stop asked after every step but the last
     * @return false if {@code stop} said so
     */
    boolean reach(int network, int state, Runnable done, BooleanSupplier stop) {
        runner.graph().backend().vectors().fill(trainer.velocity().flat(), 0);
        for (long b = 0; b < plan.batches(); b++) {
            step(network, state, b);
            done.run();
            if (b < plan.batches() - 1 && stop.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Batches are of one size: the last of an epoch goes on with the first images of the next. */
    void step(int network, int state, long b) {
        if (network != orderOf) {
            order = new ShuffledSampler(source.size(), plan.seedOf(network));
            orderOf = network;
        }
        long position = ((state - 1) * plan.batches() + b) * batch.size();
        batch.fill(
                source,
                order.batch(position, batch.size()),
                augmentation,
                cutMix,
                Seeds.generator(plan.seedOf(network), "augment", state, b));
        trainer.step(batch, plan.rate());
    }
}
