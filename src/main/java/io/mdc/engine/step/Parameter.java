package io.mdc.engine.step;

import java.util.Arrays;
import java.util.List;

/**
 * One parameter array of a network.
 *
 * @param layer the DL4J layer's name
 * @param key the DL4J parameter's key within the layer, e.g. {@code W}
 * @param role what it does
 * @param shape its extents, in DL4J's layout
 * @param draw how it is drawn for a new network
 */
public record Parameter(String layer, String key, ParameterRole role, List<Integer> shape, Draw draw) {

    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** DL4J's name of the parameter, e.g. {@code conv0_W}. */
    public String name() {
        return layer + "_" + key;
    }

    /** The number of elements. */
    public int size() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /** The shape as a new array. */
    public int[] extents() {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A parameter of the given shape. */
    public static Parameter of(String layer, String key, ParameterRole role, Draw draw, int... shape) {
        return new Parameter(layer, key, role, Arrays.stream(shape).boxed().toList(), draw);
    }
}
