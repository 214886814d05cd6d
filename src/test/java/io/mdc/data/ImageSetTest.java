package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {
    /** Three images of two 1x2 planes, labels 1 0 1. */
    private static ImageSet three() {
        byte[] pixels = {0, 51, 102, (byte) 153, 1, 2, 3, 4, (byte) 255, (byte) 254, (byte) 204, 0};
        return new ImageSet(pixels, new int[] {1, 0, 1}, 3, 2, 1, 2);
    }

    @Test
    void knowsItsShapeLabelsAndClasses() {
        ImageSet set = three();
        assertEquals(
                List.of(3, 3, 2, 1, 2, 4),
                List.of(set.size(), set.classes(), set.channels(), set.height(), set.width(), set.imageBytes()));
        assertEquals(List.of(1, 0, 1), List.of(set.label(0), set.label(1), set.label(2)));
        assertArrayEquals(new int[] {1}, set.indicesOfClass(0));
        assertArrayEquals(new int[] {0, 2}, set.indicesOfClass(1));
        assertArrayEquals(new int[0], set.indicesOfClass(2));
    }

    @Test
    void laterChangesToTheLabelsArrayDoNotShow() {
        int[] labels = {1, 0};
        ImageSet set = new ImageSet(new byte[2], labels, 2, 1, 1, 1);
        labels[0] = 0;
        assertEquals(1, set.label(0));
    }

    @Test
    void handsOutTheBytesOfEachImage() {
        assertArrayEquals(new byte[] {(byte) 255, (byte) 254, (byte) 204, 0}, three().image(2));
        byte[] target = {9, 9, 9, 9, 9};
        three().pixels().copy(0, target);
        assertArrayEquals(new byte[] {0, 51, 102, (byte) 153, 9}, target);
    }

    @Test
    void refusesPixelsThatDoNotFitTheLabels() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new ImageSet(new byte[11], new int[] {0}, 1, 3, 2, 2));
        assertEquals("1 images of 3x2x2 need 12 bytes, got 11", e.getMessage());
    }

    @Test
    void refusesLabelsOutOfRange() {
        for (int label : new int[] {-1, 2}) {
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> new ImageSet(new byte[2], new int[] {0, label}, 2, 1, 1, 1));
            assertEquals("image 1 has label " + label + ", expected 0..1", e.getMessage());
        }
    }

    @Test
    void refusesSizesBelowOne() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> new ImageSet(new byte[0], new int[0], 1, 3, 0, 2));
        assertTrue(e.getMessage().contains("3, 0 and 2"), e.getMessage());
    }
}
