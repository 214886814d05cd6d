package io.mdc.objective;

import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Recording;
import io.mdc.engine.Samples;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.MatrixOps;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * Trajectory matching: {@code ‖θ_N − θ*‖² / ‖θ_0 − θ*‖²} where {@code θ_{k+1} = θ_k − α g_k}, g_k being the weight
 * gradient of the mean cross-entropy of minibatch k (Cazenavette et al., "Dataset Distillation by Matching Training
 * Trajectories", 2022), with its exact gradients with respect to all minibatches and to α.
 *
 * <p>The adjoint v of θ_k, at first {@code ∂loss/∂θ_N}, goes back through the steps, with the tangents of both
 * gradients at θ_k in direction v: {@code ∇images = −α · image tangent}, {@code ∇α −= ⟨g_k, v⟩}, {@code v −= α · weight
 * tangent}. The θ_k are kept as flat arrays, a few megabytes each, as computing them again would take N² steps;
 * minibatches and activations, which are larger, are made again, a few chunks at a time.
 *
 * <p>Not thread-safe; keeps its memory for later calls.
 */
public final class TrajectoryMatching {
    /** As many for any number of threads, as sums are made in this order. */
    private static final int CHUNKS_AT_ONCE = 8;

    private final ChunkedGraph runner;
    private final VectorOps vectors;
    private final MatrixOps matrices;
    private final ParameterSet theta;
    private final ParameterSet gradient;
    private final ParameterSet adjoint;
    private final ParameterSet hessian;
    private final ParameterSet moved;
    private final List<Tensor> path = new ArrayList<>();
    private Tensor imageGradient;

    /**
     * What a student came to.
     *
     * @param loss relative squared distance from the target
     * @param rateGradient derivative of the loss with respect to α
     */
    public record Result(double loss, double rateGradient) {}

    /** Matching of all parameters of the network that {@code runner} runs, whose samples must not interact. */
    public TrajectoryMatching(ChunkedGraph runner) {
        this.runner = runner;
        vectors = runner.graph().backend().vectors();
        matrices = runner.graph().backend().matrices();
        theta = runner.graph().newParameters();
        gradient = runner.graph().newParameters();
        adjoint = runner.graph().newParameters();
        hessian = runner.graph().newParameters();
        moved = runner.graph().newParameters();
    }

    /**
     * Trains a student, and tells the steps their gradients, from the last to the first.
     *
     * @param start θ_0, read only
     * @param target θ*, read only
     * @param rate α
     */
    public Result evaluate(ParameterSet start, ParameterSet target, double rate, StudentSteps steps) {
        train(start, rate, steps);
        vectors.subtract(start.flat(), target.flat(), adjoint.flat());
        double scale = vectors.sumOfSquares(adjoint.flat()).first();
        vectors.subtract(path.get(steps.count()), target.flat(), adjoint.flat());
        double loss = vectors.sumOfSquares(adjoint.flat()).first() / scale;
        vectors.scale(2 / scale, adjoint.flat());
        double rateGradient = 0;
        for (int k = steps.count() - 1; k >= 0; k--) {
            rateGradient -= goBack(k, rate, steps);
        }
        return new Result(loss, rateGradient);
    }

    /** The student after the last evaluation's first {@code steps} steps, flat; overwritten by the next. */
    public Tensor student(int steps) {
        return path.get(steps);
    }

    private void train(ParameterSet start, double rate, StudentSteps steps) {
        while (path.size() <= steps.count()) {
            path.add(runner.graph().newParameters().flat());
        }
        vectors.copy(start.flat(), theta.flat());
        vectors.copy(start.flat(), path.get(0));
        for (int k = 0; k < steps.count(); k++) {
            runner.gradients(theta, chunks(steps.batch(k), false), gradient).close();
            runner.phases().time(Phase.WEIGHT_UPDATE, () -> vectors.addScaled(-rate, gradient.flat(), theta.flat()));
            vectors.copy(theta.flat(), path.get(k + 1));
        }
    }

    private List<Chunk> chunks(LabelledImages batch, boolean recorded) {
        return Samples.mean(batch.images(), batch.targets()).cut(0, batch.size(), runner.capacity(), 0, recorded);
    }

    /** From the adjoint of θ_{k+1} to that of θ_k; returns ⟨g_k, v⟩. */
    private double goBack(int k, double rate, StudentSteps steps) {
        vectors.copy(path.get(k), theta.flat());
        LabelledImages batch = steps.batch(k);
        List<Chunk> chunks = chunks(batch, true);
        Tensor images = imageGradient(batch.images());
        vectors.fill(moved.flat(), 0);
        double product = 0;
        int row = 0;
        for (int from = 0; from < chunks.size(); from += CHUNKS_AT_ONCE) {
            List<Chunk> some = chunks.subList(from, Math.min(chunks.size(), from + CHUNKS_AT_ONCE));
            List<Tensor> rows = new ArrayList<>();
            for (Chunk chunk : some) {
                rows.add(images.rows(row, row + chunk.size()));
                row += chunk.size();
            }
            product += sweep(some, rows, k > 0);
        }
        vectors.scale(-rate, images);
        steps.gradient(k, images);
        vectors.addScaled(-rate, moved.flat(), adjoint.flat());
        return product;
    }

    /** Tangents of some chunks in direction v; those of weight gradients are added up if they are wanted. */
    private double sweep(List<Chunk> chunks, List<Tensor> images, boolean wanted) {
        try (Recording recording = runner.gradients(theta, chunks, gradient)) {
            ParameterSet[] direction = {adjoint};
            if (wanted) {
                recording.tangents(direction, images, hessian);
                vectors.addScaled(1, hessian.flat(), moved.flat());
            } else {
                recording.tangents(direction, images);
            }
            return matrices.rowDots(asRow(gradient), asRow(adjoint)).first();
        }
    }

    private static Tensor asRow(ParameterSet set) {
        return set.flat().reshape(1, Math.toIntExact(set.flat().size()));
    }

    private Tensor imageGradient(Tensor like) {
        if (imageGradient == null || imageGradient.dim(0) < like.dim(0)) {
            imageGradient = runner.graph().backend().zeros(like.shape());
        }
        return imageGradient.rows(0, like.dim(0));
    }
}
