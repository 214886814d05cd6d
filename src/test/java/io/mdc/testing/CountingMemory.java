package io.mdc.testing;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.tensor.Storage;
import java.util.ArrayList;
import java.util.List;

/** The memory of a backend, with the shapes of all that was taken of it. */
public final class CountingMemory implements Allocator {
    private final Allocator memory;
    private final List<List<Integer>> taken = new ArrayList<>();

    public CountingMemory(Allocator memory) {
        this.memory = memory;
    }

    /** A backend like another, but for its memory. */
    public Backend in(Backend other) {
        return new Backend(
                other.name(),
                this,
                other.vectors(),
                other.matrices(),
                other.convolutions(),
                other.tiled(),
                other.chains(),
                other.planes(),
                other.batchNorms(),
                other.sets(),
                other.images());
    }

    /** The shapes since this was asked the last time. */
    public synchronized List<List<Integer>> taken() {
        List<List<Integer>> shapes = List.copyOf(taken);
        taken.clear();
        return shapes;
    }

    @Override
    public Precision precision() {
        return memory.precision();
    }

    @Override
    public synchronized Storage allocate(int[] shape) {
        List<Integer> extents = new ArrayList<>();
        for (int extent : shape) {
            extents.add(extent);
        }
        taken.add(extents);
        return memory.allocate(shape);
    }
}
