package io.mdc.pretrained;

import io.mdc.augment.Augmentation;
import io.mdc.augment.CutMix;
import io.mdc.base.DivergedException;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.batch.TrainingBatch;
import io.mdc.data.Dataset;
import io.mdc.data.ShuffledSampler;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Training of networks on the real images, from one kept state to the next. Not thread-safe. */
final class NetworkTraining {
    /** Losses that a device may keep until they are asked for. */
    private static final int LOSSES_AT_ONCE = 100;

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
     * Trains to a state from the one before, or from where that was stopped.
     *
     * @param left where it was stopped; if nowhere, {@link #weights} are the state before
     * @param done told of steps: those that are left behind, and every one
     * @param saving given where it is, now and then and when it is stopped
     * @param making says how often, and is asked whether to stop, after every step but the last
     * @return mean loss of the steps to the state; empty if it was stopped
     * @throws DivergedException if the state is not finite
     */
    OptionalDouble reach(
            int network, int state, Optional<Way> left, LongConsumer done, Consumer<Way> saving, Making making) {
        runner.graph().backend().vectors().fill(trainer.velocity().flat(), 0);
        left.ifPresent(way -> way.into(weights(), trainer.velocity()));
        long begun = left.map(Way::batches).orElse(0L);
        done.accept(begun);
        List<Numbers> losses = new ArrayList<>();
        losses.add(Numbers.of(left.map(Way::loss).orElse(0.0)));
        long saved = System.nanoTime();
        for (long b = begun; b < plan.batches(); b++) {
            boolean last = b == plan.batches() - 1;
            losses.add(step(network, state, b));
            if (last || losses.size() > LOSSES_AT_ONCE) {
                requireFinite(Double.isFinite(sum(losses)), network, state);
            }
            done.accept(1);
            if (last) {
                break;
            }
            boolean stopped = making.stop().getAsBoolean();
            if (stopped || System.nanoTime() - saved >= making.saveEvery().toNanos()) {
                saving.accept(Way.at(state, b + 1, sum(losses), weights(), trainer.velocity()));
                saved = System.nanoTime();
            }
            if (stopped) {
                return OptionalDouble.empty();
            }
        }
        requireFinite(weights().isFinite(), network, state);
        return OptionalDouble.of(sum(losses) / plan.batches());
    }

    /** Puts their sum in their place: the same in the end, however often it is asked for. */
    private static double sum(List<Numbers> losses) {
        double sum = Numbers.sum(losses);
        losses.clear();
        losses.add(Numbers.of(sum));
        return sum;
    }

    private void requireFinite(boolean finite, int network, int state) {
        if (!finite) {
            throw new DivergedException("training of network " + network + " (" + plan.kind()
                    + ") came to numbers that are not finite before its state " + state + "; " + plan.rateOption()
                    + " may be too large");
        }
    }

    /**
     * One step, whose loss is returned. Batches are of one size: the last of an epoch goes on with the first images of
     * the next.
     */
    Numbers step(int network, int state, long b) {
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
        return trainer.step(batch, plan.rate());
    }
}
