package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.VectorOps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of the gradients of chunks, a sum for each group, made in the order of the chunks, whatever order they
 * arrive in, so that rounding is the same every time.
 *
 * <p>A gradient that comes early waits here; nobody waits for it. Thread-safe.
 */
final class OrderedSum {
    private final SetPool pool;
    private final VectorOps vectors;
    private final Group[] groups;
    private final int[] groupOf;
    private final int[] placeIn;

    /** One sum, and what came before its turn. */
    private static final class Group {
        private final ParameterSet sum;
        private final Map<Integer, ParameterSet> waiting = new HashMap<>();
        private int members;
        private int next;

        Group(ParameterSet sum) {
            this.sum = sum;
        }
    }

    /**
     * Sums of zero.
     *
     * @param pool where gradients come from and go to
     * @param chunks whose gradients are to come
     * @param sums overwritten: number g with the sum of group g; none if the gradients are not wanted
     */
    OrderedSum(SetPool pool, VectorOps vectors, List<Chunk> chunks, ParameterSet... sums) {
        this.pool = pool;
        this.vectors = vectors;
        groups = Arrays.stream(sums).map(Group::new).toArray(Group[]::new);
        groupOf = chunks.stream().mapToInt(Chunk::group).toArray();
        placeIn = new int[groupOf.length];
        if (groups.length > 0) {
            Arrays.setAll(placeIn, i -> groups[groupOf[i]].members++);
        }
        Arrays.stream(groups).filter(group -> group.members == 0).forEach(this::clear);
    }

    private void clear(Group group) {
        vectors.fill(group.sum.flat(), 0);
    }

    /** A set to compute a gradient into, to be handed back with {@link #add}. */
    ParameterSet borrow() {
        return pool.borrow();
    }

    /** Takes the gradient of chunk number {@code i} for the sum of its group, and the set back. */
    void add(int i, ParameterSet gradient) {
        if (groups.length == 0) {
            pool.giveBack(gradient);
            return;
        }
        Group group = groups[groupOf[i]];
        synchronized (group) {
            group.waiting.put(placeIn[i], gradient);
            if (group.waiting.containsKey(0)) {
                clear(group);
            }
            for (ParameterSet ready = group.waiting.remove(group.next);
                    ready != null;
                    ready = group.waiting.remove(group.next)) {
                vectors.addScaled(1, ready.flat(), group.sum.flat());
                pool.giveBack(ready);
                group.next++;
            }
        }
    }
}
