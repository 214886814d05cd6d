package io.mdc.tensor.tiled;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Room;

/** What a thread works with in {@link UnfoldedConvolution}. */
final class UnfoldedWorkspace {
    /** An image with its border. */
    final Vectors padded = new Vectors();

    /** The neighbourhoods of one pixel of all tiles of an image. */
    final Vectors neighbourhoods = new Vectors();

    /** The gradient of an image. */
    final Vectors image = new Vectors();

    /** The weights' gradient as it is computed, and in the order of weights. */
    final Vectors gradient = new Vectors();

    final Vectors ordered = new Vectors();
    final PixelImages images = new PixelImages();

    /** The unfolded images, or their gradient. */
    final Room columns;

    /** The weights' gradient. */
    final Room sum;

    UnfoldedWorkspace(Allocator memory) {
        columns = new Room(memory);
        sum = new Room(memory);
    }
}
