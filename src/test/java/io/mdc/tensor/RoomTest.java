package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final List<Integer> allocated = new ArrayList<>();
    private final Room room = new Room(new Counting());

    /** Notes how much is allocated. */
    private final class Counting implements Allocator {
        private final Allocator memory = new HeapMemory();

        @Override
        public Precision precision() {
            return memory.precision();
        }

        @Override
        public Storage allocate(int[] shape) {
            allocated.add((int) Tensor.elements(shape));
            return memory.allocate(shape);
        }
    }

    @Test
    void allShapesShareOnePieceThatGrowsToTheLargest() {
        Tensor first = room.of(2, 3);
        assertArrayEquals(new int[] {2, 3}, first.shape());
        Tensor smaller = room.of(4);
        smaller.set(new double[] {1, 2, 3, 4});
        assertEquals(3, first.toDoubles()[2]);
        room.of(3, 3);
        room.of(8);
        room.like(first);
        assertEquals(List.of(6, 9), allocated);
    }

    @Test
    void nothingIsMadeWhereAShapeIsAskedForAgain() {
        Tensor first = room.of(2, 3);
        Tensor other = room.of(3, 2);
        assertNotSame(first, other);
        assertSame(first, room.of(2, 3));
        assertSame(other, room.like(other));
        room.of(7);
        assertNotSame(first, room.of(2, 3));
    }

    @Test
    void aVectorIsAtLeastAsLongAsAskedFor() {
        Tensor five = room.atLeast(5);
        assertEquals(5, five.size());
        assertSame(five, room.atLeast(3));
        assertEquals(6, room.atLeast(6).size());
    }

    @Test
    void nothingIsTakenBeforeItIsAskedFor() {
        assertEquals(List.of(), allocated);
    }
}
