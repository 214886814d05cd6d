package io.mdc.engine;

import io.mdc.batch.TrainingBatch;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trains the weights of a network batch by batch. Owns weights and velocity; not thread-safe. */
public final class NetworkTrainer {
    private final ChunkedGraph runner;
    private final Sgd sgd;
    private final ParameterSet weights;
    private final ParameterSet velocity;
    private final ParameterSet gradient;
    private final ParameterSet statistics;
    private final Map<TrainingBatch, List<Chunk>> chunks = new HashMap<>();

    /** A trainer with weights of zero, to be initialised. */
    public NetworkTrainer(ChunkedGraph runner, Sgd sgd) {
        this.runner = runner;
        this.sgd = sgd;
        weights = runner.graph().newParameters();
        velocity = runner.graph().newParameters();
        gradient = runner.graph().newParameters();
        statistics = runner.graph().newStatistics();
    }

    /** The weights, which the caller may overwrite between steps. */
    public ParameterSet weights() {
        return weights;
    }

    /** The velocity of the weights, which the caller may overwrite between steps. */
    public ParameterSet velocity() {
        return velocity;
    }

    /** The running statistics of batch norms, which the caller may overwrite between steps. */
    public ParameterSet statistics() {
        return statistics;
    }

    /** One step on the batch's mean loss, which is returned. The batch's arrays must stay the same ones. */
    public Numbers step(TrainingBatch batch, double rate) {
        return step(chunks.computeIfAbsent(batch, b -> runner.trainingChunks(b.images(), b.targets(), null)), rate);
    }

    /**
     * One step on the mean loss of {@code images [n, C, H, W]} with {@code targets [n, classes]}, which is returned.
     */
    public Numbers step(Tensor images, Tensor targets, double rate) {
        return step(images, targets, null, rate);
    }

    /**
     * One step on the mean loss of {@code images [n, C, H, W]} with {@code targets [n, classes]}, which is returned.
     *
     * @param probabilities {@code [n, classes]}, overwritten with the softmax that the step begins with; null if not
     *     wanted
     */
    public Numbers step(Tensor images, Tensor targets, Tensor probabilities, double rate) {
        return step(runner.trainingChunks(images, targets, probabilities), rate);
    }

    private Numbers step(List<Chunk> parts, double rate) {
        Numbers loss = runner.train(weights, statistics, parts, gradient);
        runner.phases().time(Phase.WEIGHT_UPDATE, () -> runner.workers()
                .run(() -> sgd.step(
                        runner.graph().backend().vectors(), weights.flat(), gradient.flat(), velocity.flat(), rate)));
        return loss;
    }
}
