package io.mdc.tensor.tiled;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Room;

/** What a thread works with in {@link WinogradConvolution}. */
final class WinogradWorkspace {
    /** Windows, tiles or their transforms: what a transform reads, makes on the way, and gives. */
    final Vectors in = new Vectors();

    final Vectors between = new Vectors();
    final Vectors out = new Vectors();

    /** The same of filters: taps, half transformed, transformed. */
    final Vectors taps = new Vectors();

    final Vectors filterBetween = new Vectors();
    final Vectors filterPoints = new Vectors();

    /** The weights of a layer in their own order. */
    final Vectors weights = new Vectors();

    /** The gradient of an image. */
    final Vectors image = new Vectors();

    final PixelImages images = new PixelImages();
    final WindowSum windowSum = new WindowSum();

    /** Products of all points of all tiles. */
    final Room products;

    /** The transform of a tangent. */
    final Room moved;

    /** Products of all points summed over tiles, for the weights' gradient. */
    final Room sums;

    WinogradWorkspace(Allocator memory) {
        products = new Room(memory);
        moved = new Room(memory);
        sums = new Room(memory);
    }
}
