package io.mdc.torch;

import io.mdc.numpy.NumpyArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;

/**
 * Puts arrays in place of the tensors of a pickle's content, wherever in its lists and dictionaries they are. What is
 * in it several times is made once, and all arrays together have at most {@value #MOST_TIMES} times the bytes of the
 * storages, so that time and memory are bounded by the length of the file.
 */
final class Resolution {
    private static final int DEEPEST = 100;
    private static final int MOST_TIMES = 8;

    private final Map<String, NumpyArray> elements;
    private final IdentityHashMap<Object, Object> made = new IdentityHashMap<>();

    private long left;

    /** With the elements of storages by their keys. */
    Resolution(Map<String, NumpyArray> elements) {
        this.elements = elements;
        left = MOST_TIMES
                * elements.values().stream()
                        .mapToLong(array -> array.bytes().limit())
                        .sum();
    }

    /**
     * The content with arrays for tensors, and lists for tuples.
     *
     * @throws PickleException if a storage is missing, lists are in lists far deeper than anyone needs, or tensors have
     *     far more elements than the file
     */
    Object of(Object content) {
        return of(content, 0);
    }

    private Object of(Object content, int depth) {
        if (depth > DEEPEST) {
            throw new PickleException("more than " + DEEPEST + " lists in each other");
        } else if (made.containsKey(content)) {
            return made.get(content);
        } else if (content instanceof Object[] tuple) {
            return list(content, Arrays.asList(tuple), depth);
        } else if (content instanceof List<?> list) {
            return list(content, list, depth);
        } else if (content instanceof Map<?, ?> map) {
            Map<Object, Object> values = new LinkedHashMap<>();
            made.put(map, values); // before its values, as one may be the map itself
            map.forEach((key, value) -> values.put(key, of(value, depth + 1)));
            return values;
        } else if (content instanceof TorchTensor tensor) {
            NumpyArray array = array(tensor);
            made.put(tensor, array);
            return array;
        }
        return content;
    }

    private List<Object> list(Object content, List<?> from, int depth) {
        List<Object> values = new ArrayList<>();
        made.put(content, values); // before its values, as one may be the list itself
        from.forEach(value -> values.add(of(value, depth + 1)));
        return values;
    }

    private NumpyArray array(TorchTensor tensor) {
        NumpyArray storage = elements.get(tensor.storage().key());
        if (storage == null) {
            throw new PickleException("no storage " + tensor.storage().key());
        }
        left -= (long) tensor.elements() * tensor.storage().type().size();
        if (left < 0) {
            throw new PickleException("tensors of more than " + MOST_TIMES + " times the elements of the file");
        }
        return tensor.of(storage);
    }
}
