package io.mdc.order;

import io.mdc.base.Seeds;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The training images of a set in a new order.
 *
 * @param images numbers of the training images, class by class, those to keep first in front; copied
 * @param epochs of each network, the epochs, from 0, whose errors made the score; none for a random order; copied
 */
public record Order(List<Integer> images, List<List<Integer>> epochs) {
    /** Copies the lists. */
    public Order {
        images = List.copyOf(images);
        epochs = epochs.stream().map(List::copyOf).toList();
    }

    /** A random order of {@code perClass} images of each class. */
    static Order random(int classes, int perClass, long seed) {
        IntFunction<IntStream> ofClass =
                label -> IntStream.of(Seeds.permutation(Seeds.generator(seed, "order-random", label), perClass))
                        .map(image -> label * perClass + image);
        return new Order(
                IntStream.range(0, classes)
                        .mapToObj(ofClass)
                        .flatMap(IntStream::boxed)
                        .toList(),
                List.of());
    }

    /** The images of each class by their score, the lowest first. */
    static Order ascending(double[] scores, int perClass, List<List<Integer>> epochs) {
        return new Order(
                IntStream.range(0, scores.length / perClass)
                        .mapToObj(label -> Scores.ascending(scores, label * perClass, (label + 1) * perClass))
                        .flatMap(List::stream)
                        .toList(),
                epochs);
    }
}
