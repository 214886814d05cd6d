package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a pass of a {@link ChunkedGraph} left behind: losses, and everything that was computed of the chunks that were
 * to be recorded, for passes from there on.
 *
 * <p>Holds memory of the runner until it is closed. Other passes of the runner may come in between; the weights may not
 * change. Not thread-safe.
 */
public final class Recording implements AutoCloseable {
    private final ChunkedGraph runner;
    private final ParameterSet weights;
    private final List<Chunk> chunks;
    private final ChunkSlot[] slots;
    private final Head[] heads;
    private final int[] recorded;
    private double[] losses = {};

    Recording(ChunkedGraph runner, ParameterSet weights, List<Chunk> chunks) {
        this.runner = runner;
        this.weights = weights;
        this.chunks = chunks;
        slots = new ChunkSlot[chunks.size()];
        heads = new Head[chunks.size()];
        recorded = IntStream.range(0, slots.length)
                .filter(i -> chunks.get(i).recorded())
                .toArray();
        for (int i : recorded) {
            slots[i] = runner.borrow();
        }
    }

    Chunk chunk(int i) {
        return chunks.get(i);
    }

    /** The memory of a chunk that is recorded, else null. */
    ChunkSlot slot(int i) {
        return slots[i];
    }

    void keep(int i, Head head) {
        heads[i] = head;
    }

    void setLosses(double[] ofChunks, int groups) {
        losses = new double[groups];
        for (int i = 0; i < ofChunks.length; i++) {
            losses[chunks.get(i).group()] += ofChunks[i];
        }
    }

    /** The summed loss of every group, each sample counted {@code chunk.weight()} times; a copy. */
    public double[] losses() {
        return losses.clone();
    }

    /**
     * Backward passes of the recorded chunks from heads of the caller's.
     *
     * @param newHeads for every chunk; entries of chunks not recorded are not looked at
     * @param imageGradients for every chunk {@code [n, C, H, W]}, overwritten with the gradient of its images; null
     *     where it is not wanted
     * @param sums overwritten: number g with the weight gradients of the recorded chunks of group g; none if they are
     *     not wanted
     * @return the summed loss of the heads of every group
     */
    public double[] backward(List<? extends Head> newHeads, List<Tensor> imageGradients, ParameterSet... sums) {
        DifferentiableGraph graph = runner.graph();
        OrderedSum sum = runner.sum(recordedChunks(), sums);
        double[] found = new double[recorded.length];
        runner.workers().forEach(recorded.length, (k, worker) -> {
            long start = System.nanoTime();
            int i = recorded[k];
            Frame frame = slots[i].frame();
            Tensor out = imageGradients.get(i);
            frame.wantImageGradient(out != null);
            frame.wantWeightGradients(sums.length > 0);
            ParameterSet gradient = sum.borrow();
            heads[i] = newHeads.get(i);
            found[k] = graph.backward(frame, weights, heads[i], gradient);
            if (out != null) {
                graph.backend().vectors().copy(frame.gradient(0), out);
            }
            sum.add(k, gradient);
            runner.phases()
                    .add(
                            Phase.BACKWARD,
                            System.nanoTime() - start,
                            chunks.get(i).size());
        });
        int groups = chunks.stream().mapToInt(Chunk::group).max().orElse(0) + 1;
        return IntStream.range(0, groups)
                .mapToDouble(group -> IntStream.range(0, found.length)
                        .filter(k -> chunks.get(recorded[k]).group() == group)
                        .mapToDouble(k -> found[k])
                        .sum())
                .toArray();
    }

    /**
     * The tangents of the image gradients of the recorded chunks, and of the weight gradients.
     *
     * @param directions the direction in which the weights move for the chunks of each group
     * @param imageTangents for every chunk {@code [n, C, H, W]}, overwritten; null for chunks not recorded
     * @param sums overwritten: number g with the tangents of the weight gradients of the recorded chunks of group g,
     *     that is the Hessian of their loss times the direction; none if they are not wanted, which costs less
     * @throws IllegalStateException if a recorded chunk has not been through a backward pass
     */
    public void tangents(ParameterSet[] directions, List<Tensor> imageTangents, ParameterSet... sums) {
        DifferentiableGraph graph = runner.graph();
        for (int i : recorded) {
            if (heads[i] == null) {
                throw new IllegalStateException("a tangent sweep needs a backward pass before it");
            }
        }
        runner.prepare(
                Arrays.stream(directions).filter(Objects::nonNull).distinct().toArray(ParameterSet[]::new));
        OrderedSum sum = runner.sum(recordedChunks(), sums);
        runner.workers().forEach(recorded.length, (k, worker) -> {
            long start = System.nanoTime();
            int i = recorded[k];
            Chunk chunk = chunks.get(i);
            Frame tangents = runner.tangents(worker);
            tangents.resize(chunk.size());
            ParameterSet moved = sums.length == 0 ? null : sum.borrow();
            Tensor images =
                    graph.tangent(slots[i].frame(), tangents, weights, directions[chunk.group()], heads[i], moved);
            graph.backend().vectors().copy(images, imageTangents.get(i));
            if (moved != null) {
                sum.add(k, moved);
            }
            runner.phases().add(Phase.TANGENT, System.nanoTime() - start, chunk.size());
        });
    }

    private List<Chunk> recordedChunks() {
        return Arrays.stream(recorded).mapToObj(chunks::get).toList();
    }

    /** Gives the memory back; the recording cannot be used any more. */
    @Override
    public void close() {
        for (int i : recorded) {
            if (slots[i] != null) {
                runner.giveBack(slots[i]);
                slots[i] = null;
            }
        }
    }
}
