package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.VectorOps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of the gradients of spans, a sum for each group, made in the order of the spans, whatever order they arrive
 * in, so that rounding is the same every time.
 *
 * <p>A gradient that comes early waits here; nobody waits for it. Thread-safe.
 */
final class OrderedSum {
    private final boolean direct;
    private final SetPool pool;
    private final VectorOps vectors;
    private final List<Span> spans;
    private final Queue[] queues;
    private final int[] placeIn;

    /** The sums that lie together, and what came before its turn. */
    private static final class Queue {
        private final ParameterSet sums;
        private final Map<Integer, Ready> waiting = new HashMap<>();
        private int members;
        private int next;

        Queue(ParameterSet sums) {
            this.sums = sums;
        }
    }

    /** The gradients of a span's groups. */
    private record Ready(Span span, ParameterSet gradients) {}

    /**
     * Sums of zero.
     *
     * @param direct whether a span that is all of its sums is computed in their place: a launch less, but −0 stays −0
     * @param pool where gradients come from and go to
     * @param spans whose gradients are to come
     * @param sums overwritten: number g with the sum of group g, or the g-th of one; none if the gradients are not
     *     wanted
     */
    OrderedSum(boolean direct, SetPool pool, VectorOps vectors, List<Span> spans, ParameterSet... sums) {
        this.direct = direct;
        this.pool = pool;
        this.vectors = vectors;
        this.spans = spans;
        queues = Arrays.stream(sums).map(Queue::new).toArray(Queue[]::new);
        placeIn = new int[spans.size()];
        if (queues.length > 0) {
            Arrays.setAll(placeIn, i -> queue(spans.get(i)).members++);
        }
        Arrays.stream(queues).filter(queue -> queue.members == 0).forEach(this::clear);
    }

    private Queue queue(Span span) {
        return queues[queues.length == 1 ? 0 : span.firstGroup()];
    }

    private void clear(Queue queue) {
        vectors.fill(queue.sums.flat(), 0);
    }

    /** Sets to compute the gradients of a span's groups into, to be handed back with {@link #add}. */
    ParameterSet borrow(Span span) {
        return isWhole(span) ? queue(span).sums : pool.borrow(span.groups().count());
    }

    /** Whether a span, whose groups are several or on a device, is all that its sums are made of. */
    private boolean isWhole(Span span) {
        return direct
                && queues.length > 0
                && queue(span).members == 1
                && queue(span).sums.count() == span.groups().count();
    }

    /** Takes the gradients of span number {@code i} for the sums of its groups, and the sets back. */
    void add(int i, ParameterSet gradients) {
        if (queues.length == 0) {
            pool.giveBack(gradients);
            return;
        }
        if (isWhole(spans.get(i))) {
            return;
        }
        Queue queue = queue(spans.get(i));
        synchronized (queue) {
            queue.waiting.put(placeIn[i], new Ready(spans.get(i), gradients));
            if (queue.waiting.containsKey(0)) {
                clear(queue);
            }
            for (Ready ready = queue.waiting.remove(queue.next);
                    ready != null;
                    ready = queue.waiting.remove(queue.next)) {
                vectors.addScaled(1, ready.gradients().flat(), target(queue, ready.span()));
                pool.giveBack(ready.gradients());
                queue.next++;
            }
        }
    }

    private Tensor target(Queue queue, Span span) {
        if (queue.sums.count() == 1) {
            return queue.sums.flat();
        }
        return queue.sums
                .rows()
                .rows(span.firstGroup(), span.firstGroup() + span.groups().count());
    }
}
