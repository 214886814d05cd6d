package io.mdc.order;

import io.mdc.augment.Augmentations;

/** Settings of orders that take no time. */
final class TinyOrder {
    private TinyOrder() {}

    static OrderConfig config(int epochs, int best, int first, int networks, long seed) {
        return config(epochs, best, first, networks, seed, 0.01);
    }

    static OrderConfig config(int epochs, int best, int first, int networks, long seed, double rate) {
        return new OrderConfig(epochs, best, first, networks, rate, 7, Augmentations.parse("color,crop"), 0.5, seed);
    }
}
