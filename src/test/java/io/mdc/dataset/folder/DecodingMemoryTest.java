package io.mdc.dataset.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DecodingMemoryTest {
    private final DecodingMemory memory = new DecodingMemory(64L << 20);

    private static CompletableFuture<Void> taking(DecodingMemory.Share share, int side) {
        return CompletableFuture.runAsync(() -> {
            try {
                share.await(side, side);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Each takes 16 of 32 MB. */
    @Test
    void asManyAreDecodedAtOnceAsHalfOfTheHeapHolds() throws Exception {
        DecodingMemory.Share first = memory.share();
        try (DecodingMemory.Share second = memory.share();
                DecodingMemory.Share third = memory.share()) {
            first.await(1000, 1000);
            second.await(1000, 1000);
            CompletableFuture<Void> waiting = taking(third, 1000);
            assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
            first.close();
            waiting.get(1, TimeUnit.MINUTES);
        }
    }

    /** It would take 46 of 32 MB. */
    @Test
    void aLargeOneIsDecodedAlone() throws Exception {
        try (DecodingMemory.Share small = memory.share()) {
            DecodingMemory.Share large = memory.share();
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> large.await(1700, 1700));
            CompletableFuture<Void> waiting = taking(small, 1);
            assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
            large.close();
            waiting.get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void oneLargerThanTheHeapIsRefusedAndTakesNothing() throws IOException {
        try (DecodingMemory.Share huge = memory.share()) {
            assertEquals(
                    "decoding its 13800x13800 pixels takes up to 2905 MB, and the Java heap has 64; MDC_HEAP=4g gives it"
                            + " enough",
                    assertThrows(IOException.class, () -> huge.await(13_800, 13_800))
                            .getMessage());
        }
        try (DecodingMemory.Share next = memory.share()) {
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> next.await(1400, 1400));
        }
    }
}
