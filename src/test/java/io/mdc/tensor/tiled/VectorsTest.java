package io.mdc.tensor.tiled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorsTest {
    private final Vectors vectors = new Vectors();

    @Test
    void vectorsGrowInNumberAndLengthToWhatWasAskedForMost() {
        assertEquals(2, vectors.of(2, 10).length);
        float[][] more = vectors.of(3, 5);
        assertEquals(3, more.length);
        for (float[] vector : more) {
            assertEquals(10, vector.length);
        }
        float[][] longer = vectors.of(1, 20);
        assertEquals(3, longer.length);
        assertEquals(20, longer[2].length);
    }

    @Test
    void nothingIsMadeWhereThereIsEnough() {
        float[][] first = vectors.of(4, 8);
        assertSame(first, vectors.of(2, 8));
        assertSame(first[0], vectors.of(5));
    }

    @Test
    void aVectorOfNoneIsNone() {
        assertTrue(vectors.of(0, 0).length == 0);
    }
}
