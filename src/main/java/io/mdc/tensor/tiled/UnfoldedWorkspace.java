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

    /** The weights' gradient, a share of it, what a block of pixels adds to that, and the whole in their order. */
    final Vectors sum = new Vectors();

    final Vectors share = new Vectors();
    final Vectors product = new Vectors();
    final Vectors ordered = new Vectors();
    final PixelImages images = new PixelImages();

    /** The unfolded images, or their gradient. */
    final Room columns;

    /** What every block of pixels adds to the weights' gradient. */
    final Room products;

    UnfoldedWorkspace(Allocator memory) {
        columns = new Room(memory);
        products = new Room(memory);
    }
}
