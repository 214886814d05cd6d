package io.mdc.dataset.folder;

import io.mdc.base.JavaHeap;
import io.mdc.dataset.picture.Picture;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** The memory in which images are decoded: as many at once as half of the Java heap holds, but always one. */
final class DecodingMemory {
    /** Three of the picture, up to eight of what a plugin decodes to, and what that takes besides. */
    private static final long BYTES_OF_A_PIXEL = 16;

    private static final long MIB = 1 << 20;

    private final long heap;
    private final int most;
    private final Semaphore free;

    /** The memory in a heap of so many bytes. */
    DecodingMemory(long heap) {
        this.heap = heap;
        most = (int) Math.max(1, heap / 2 / MIB);
        free = new Semaphore(most, true);
    }

    /** Of which nothing is taken yet. */
    Share share() {
        return new Share();
    }

    /** What one image takes, until this is closed. */
    final class Share implements Picture.Permission, AutoCloseable {
        private int taken;

        @Override
        public void await(int width, int height) throws IOException {
            long bytes = BYTES_OF_A_PIXEL * width * height;
            if (bytes > heap) {
                throw new IOException("decoding its " + width + "x" + height + " pixels takes up to " + bytes / MIB
                        + " MB, and the Java heap has " + heap / MIB + "; " + JavaHeap.setting(bytes + bytes / 8)
                        + " gives it enough");
            }
            int needed = (int) Math.min(most, bytes / MIB + 1);
            free.acquireUninterruptibly(needed);
            taken = needed;
        }

        @Override
        public void close() {
            free.release(taken);
        }
    }
}
