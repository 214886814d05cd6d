package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.mdc.testing.TestBackends;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void tensorsAreReusedPerShapeAndThread() throws InterruptedException {
        Scratch scratch = new Scratch(TestBackends.FLOAT.memory());
        Tensor like = TestBackends.FLOAT.zeros(2, 3);
        Tensor mine = scratch.like(like);
        assertSame(mine, scratch.like(TestBackends.FLOAT.zeros(2, 3)));
        assertNotSame(mine, scratch.like(TestBackends.FLOAT.zeros(3, 2)));
        Tensor[] theirs = new Tensor[1];
        Thread other = new Thread(() -> theirs[0] = scratch.like(like));
        other.start();
        other.join();
        assertNotSame(mine, theirs[0]);
        assertArrayEquals(new int[] {2, 3}, theirs[0].shape());
    }
}
