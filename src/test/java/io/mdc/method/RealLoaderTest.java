package io.mdc.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DivergedException;
import io.mdc.condense.TinyRun;
import io.mdc.task.Place;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RealLoaderTest {
    private static final Place PLACE = new Place(1, 1);

    @Test
    void whatFailedToBeChosenIsNotTakenForLoaded() {
        AtomicInteger asked = new AtomicInteger();
        RealSampler failsOnce = (place, label, theta) -> {
            if (asked.getAndIncrement() == 0) {
                throw new DivergedException("expected");
            }
            return TinyRun.dataset().train().indicesOfClass(label);
        };
        new TinyRun("batch-real", "20").withTask(task -> {
            RealLoader loader = new RealLoader(task, failsOnce);
            assertThrows(DivergedException.class, () -> loader.load(null, PLACE, List.of(1)));
            loader.load(null, PLACE, List.of(1));
            loader.load(null, PLACE, List.of(1));
        });
        assertEquals(2, asked.get());
    }
}
