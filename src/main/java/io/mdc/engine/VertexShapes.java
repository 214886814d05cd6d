package io.mdc.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Which shapes of samples the vertices of a graph can take; the others are refused by the vertex's name. */
final class VertexShapes {
    private VertexShapes() {}

    /**
     * That a layer gets planes {@code [C, H, W]} which hold a window.
     *
     * @param window side in pixels, less padding
     * @throws IllegalArgumentException naming the vertex, if it does not
     */
    static void requirePlanes(String vertex, Layer layer, int[] shape, int window) {
        if (!arePlanes(shape)) {
            throw refused(vertex, layer, shape, "it needs planes [C, H, W]");
        } else if (shape[1] < window || shape[2] < window) {
            throw refused(vertex, layer, shape, "it needs planes of at least " + window + "x" + window + " pixels");
        }
    }

    /**
     * That a layer gets planes as high as wide.
     *
     * @throws IllegalArgumentException naming the vertex, if it does not
     */
    static void requireSquares(String vertex, Layer layer, int[] shape) {
        requirePlanes(vertex, layer, shape, 1);
        if (shape[1] != shape[2]) {
            throw refused(vertex, layer, shape, "it needs square planes");
        }
    }

    /**
     * That all inputs of a sum have one shape.
     *
     * @throws IllegalArgumentException naming the vertex, if they have not
     */
    static void requireSame(String vertex, List<int[]> inputs) {
        if (inputs.stream().anyMatch(input -> !Arrays.equals(input, inputs.get(0)))) {
            throw refused(vertex, "Add of " + list(inputs) + ": it needs inputs of one shape");
        }
    }

    /**
     * That inputs put together along channels are planes of one size.
     *
     * @throws IllegalArgumentException naming the vertex, if they are not
     */
    static void requireMergeable(String vertex, List<int[]> inputs) {
        int[] first = inputs.get(0);
        if (!inputs.stream().allMatch(input -> arePlanes(input) && input[1] == first[1] && input[2] == first[2])) {
            throw refused(vertex, "MergeVertex of " + list(inputs) + ": it needs planes [C, H, W] of one size");
        }
    }

    private static boolean arePlanes(int[] shape) {
        return shape.length == 3;
    }

    private static String list(List<int[]> shapes) {
        return shapes.stream().map(Arrays::toString).collect(Collectors.joining(" and "));
    }

    private static IllegalArgumentException refused(String vertex, Layer layer, int[] shape, String need) {
        return refused(vertex, layer.getClass().getSimpleName() + " of " + Arrays.toString(shape) + ": " + need);
    }

    private static IllegalArgumentException refused(String vertex, String what) {
        return new IllegalArgumentException("network vertex '" + vertex + "': the engine cannot run " + what);
    }
}
