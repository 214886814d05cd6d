package io.mdc.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reusable tensor per shape and thread, for results that do not outlive a primitive. */
final class Scratch {
    private final Precision precision;
    private final ThreadLocal<Map<List<Integer>, Tensor>> tensors = ThreadLocal.withInitial(HashMap::new);

    Scratch(Precision precision) {
        this.precision = precision;
    }

    /** A tensor of that shape with unspecified content, valid until the next call for that shape on this thread. */
    Tensor of(int... shape) {
        List<Integer> key = Arrays.stream(shape).boxed().toList();
        return tensors.get().computeIfAbsent(key, k -> Tensor.zeros(precision, shape));
    }

    /** A tensor of the same shape with unspecified content, valid until the next call for that shape on this thread. */
    Tensor like(Tensor x) {
        return of(x.shape());
    }
}
