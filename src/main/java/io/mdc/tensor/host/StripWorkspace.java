package io.mdc.tensor.host;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;

/** What a thread needs to compute convolutions of strips. */
final class StripWorkspace {
    private final Room columns;
    private final Room results;
    private final Room turned;
    private final Room turnedToo;
    private float[] strip = {};
    private float[] pixels = {};

    StripWorkspace(Allocator memory) {
        columns = new Room(memory);
        results = new Room(memory);
        turned = new Room(memory);
        turnedToo = new Room(memory);
    }

    /** Unfolded images. */
    Tensor columns(int size) {
        return columns.atLeast(size);
    }

    /** Images at the places of results. */
    Tensor results(int size) {
        return results.atLeast(size);
    }

    /** Turned weights. */
    Tensor turned(int size) {
        return turned.atLeast(size);
    }

    /** More turned weights. */
    Tensor turnedToo(int size) {
        return turnedToo.atLeast(size);
    }

    /** At least so many floats, with unspecified values. */
    float[] strip(int size) {
        if (strip.length < size) {
            strip = new float[size];
        }
        return strip;
    }

    /** At least so many other floats, with unspecified values. */
    float[] pixels(int size) {
        if (pixels.length < size) {
            pixels = new float[size];
        }
        return pixels;
    }
}
