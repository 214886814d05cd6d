package io.mdc.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory for results that do not outlive a primitive: one piece, as large as what was asked for most.
 *
 * <p>Not thread-safe: a primitive keeps its rooms as named fields of a workspace class of its own, one object of which
 * each thread has, so that no two uses share a room by accident.
 */
public final class Room {
    private final Allocator memory;
    private final List<Tensor> views = new ArrayList<>();
    private Tensor all;

    /** A room that takes its memory from there when first asked. */
    public Room(Allocator memory) {
        this.memory = memory;
    }

    /** A tensor of that shape with unspecified content, valid until this room is asked again. */
    public Tensor of(int... shape) {
        int size = Math.toIntExact(Tensor.elements(shape));
        Tensor whole = atLeast(size);
        for (Tensor view : views) {
            if (view.hasShape(shape)) {
                return view;
            }
        }
        Tensor view = whole.rows(0, size).reshape(shape);
        views.add(view);
        return view;
    }

    /** {@link #of} the shape of {@code x}. */
    public Tensor like(Tensor x) {
        return of(x.shape());
    }

    /** A vector of at least {@code size} elements with unspecified content, valid until this room is asked again. */
    public Tensor atLeast(int size) {
        if (all == null || all.size() < size) {
            views.clear();
            all = Tensor.zeros(memory, size);
        }
        return all;
    }
}
