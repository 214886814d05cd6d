package io.mdc.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reusable tensor per shape, or per purpose, and thread, for results that do not outlive a primitive. */
public final class Scratch {
    private final Allocator memory;
    private final ThreadLocal<Map<List<Integer>, Tensor>> tensors = ThreadLocal.withInitial(HashMap::new);
    private final ThreadLocal<Map<String, Tensor>> rooms = ThreadLocal.withInitial(HashMap::new);

    /** Room in that memory. */
    public Scratch(Allocator memory) {
        this.memory = memory;
    }

    /**
     * At least {@code elements} elements with unspecified content, valid until the next call for that purpose on this
     * thread; grows to what was asked for most.
     */
    public Tensor room(String purpose, int elements) {
        Tensor room = rooms.get().get(purpose);
        if (room == null || room.size() < elements) {
            room = Tensor.zeros(memory, elements);
            rooms.get().put(purpose, room);
        }
        return room;
    }

    /** A tensor of that shape with unspecified content, valid until the next call for that shape on this thread. */
    public Tensor of(int... shape) {
        List<Integer> key = Arrays.stream(shape).boxed().toList();
        return tensors.get().computeIfAbsent(key, k -> Tensor.zeros(memory, shape));
    }

    /** A tensor of the same shape with unspecified content, valid until the next call for that shape on this thread. */
    public Tensor like(Tensor x) {
        return of(x.shape());
    }
}
