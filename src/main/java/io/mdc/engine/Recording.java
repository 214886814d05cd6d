package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Numbers;
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
    private final List<Span> spans;
    private final ChunkSlot[] slots;
    private final Head[] heads;
    private final int[] recorded;
    private Numbers losses = Numbers.of();

    Recording(ChunkedGraph runner, ParameterSet weights, List<Span> spans) {
        this.runner = runner;
        this.weights = weights;
        this.spans = spans;
        slots = new ChunkSlot[spans.size()];
        heads = new Head[spans.size()];
        recorded = IntStream.range(0, slots.length)
                .filter(i -> spans.get(i).recorded())
                .toArray();
        for (int i : recorded) {
            slots[i] = runner.borrow(spans.get(i).size());
        }
    }

    Span span(int i) {
        return spans.get(i);
    }

    /** The memory of a span that is recorded, else null. */
    ChunkSlot slot(int i) {
        return slots[i];
    }

    void keep(int i, Head head) {
        heads[i] = head;
    }

    void setLosses(Numbers[] ofSpans, int groups) {
        losses = () -> {
            double[] sums = new double[groups];
            for (int i = 0; i < ofSpans.length; i++) {
                add(spans.get(i), ofSpans[i], sums);
            }
            return sums;
        };
    }

    private static void add(Span span, Numbers ofSpan, double[] sums) {
        double[] found = ofSpan.get();
        for (int g = 0; g < found.length; g++) {
            sums[span.firstGroup() + g] += found[g];
        }
    }

    /** The summed loss of every group, each sample counted {@code chunk.weight()} times. */
    public Numbers losses() {
        return losses;
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
    public Numbers backward(List<? extends Head> newHeads, List<Tensor> imageGradients, ParameterSet... sums) {
        DifferentiableGraph graph = runner.graph();
        OrderedSum sum = runner.sum(recordedSpans(), sums);
        Numbers[] found = new Numbers[recorded.length];
        runner.forEach(recorded.length, (k, worker) -> {
            long start = System.nanoTime();
            int i = recorded[k];
            Span span = spans.get(i);
            Frame frame = slots[i].frame();
            frame.wantImageGradient(isWanted(span, imageGradients));
            frame.wantWeightGradients(sums.length > 0);
            ParameterSet gradient = sum.borrow(span);
            heads[i] = HeadsOfChunks.of(span, newHeads);
            found[k] = graph.backward(frame, weights, heads[i], gradient);
            if (frame.hasImageGradient()) {
                runner.copy(span, frame.gradient(0), (c, chunk) -> imageGradients.get(c));
            }
            sum.add(k, gradient);
            runner.phases().add(Phase.BACKWARD, System.nanoTime() - start, span.size());
        });
        int groups = spans.stream()
                .mapToInt(span -> span.firstGroup() + span.groups().count())
                .max()
                .orElse(1);
        return () -> IntStream.range(0, groups)
                .mapToDouble(group -> IntStream.range(0, found.length)
                        .filter(k -> spans.get(recorded[k]).has(group))
                        .mapToDouble(k ->
                                found[k].get()[group - spans.get(recorded[k]).firstGroup()])
                        .sum())
                .toArray();
    }

    private static boolean isWanted(Span span, List<Tensor> images) {
        boolean[] wanted = {false};
        span.forEach((i, chunk, from, to) -> wanted[0] |= images.get(i) != null);
        return wanted[0];
    }

    /**
     * The tangents of the image gradients of the recorded chunks, and of the weight gradients.
     *
     * @param directions number g, or the g-th of one, is the direction in which the weights move for the chunks of
     *     group g
     * @param imageTangents for every chunk {@code [n, C, H, W]}, overwritten; null where it is not wanted
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
        OrderedSum sum = runner.sum(recordedSpans(), sums);
        runner.forEach(recorded.length, (k, worker) -> {
            long start = System.nanoTime();
            int i = recorded[k];
            Span span = spans.get(i);
            Frame tangents = runner.tangents(worker, span.size());
            ParameterSet moved = sums.length == 0 ? null : sum.borrow(span);
            Tensor images =
                    graph.tangent(slots[i].frame(), tangents, weights, direction(span, directions), heads[i], moved);
            runner.copy(span, images, (c, chunk) -> imageTangents.get(c));
            if (moved != null) {
                sum.add(k, moved);
            }
            runner.phases().add(Phase.TANGENT, System.nanoTime() - start, span.size());
        });
    }

    private static ParameterSet direction(Span span, ParameterSet[] directions) {
        int first = span.firstGroup();
        return directions.length == 1
                ? directions[0].sets(first, first + span.groups().count())
                : directions[first];
    }

    private List<Span> recordedSpans() {
        return Arrays.stream(recorded).mapToObj(spans::get).toList();
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
