package io.mdc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyEstimateTest {
    private static final Path EXPERTS = Path.of("experts");
    private static final Path POOL = Path.of("pool");

    private static FamilyEstimate group(double loops, Map<Path, Double> preparations) {
        double made = preparations.values().stream().mapToDouble(one -> one).sum();
        return new FamilyEstimate(1, 1, loops + made, 2 * loops + made, 0, 0, preparations);
    }

    @Test
    void whatSeveralGroupsNeedIsMadeOnce() {
        FamilyEstimate all = group(100, Map.of(EXPERTS, 30.0))
                .and(group(100, Map.of(EXPERTS, 32.0, POOL, 5.0)))
                .and(group(100, Map.of(EXPERTS, 31.0)))
                .and(group(10, Map.of()));
        assertEquals(310 + 32 + 5, all.seconds(), 1e-9);
        assertEquals(620 + 32 + 5, all.alone(), 1e-9);
        assertEquals(4, all.groups());
    }

    @Test
    void runsThatShareNothingAreNotComparedWithRunsOneByOne() {
        FamilyEstimate one = group(100, Map.of());
        assertFalse(one.and(one).line().contains("one by one"), one.and(one).line());
        assertTrue(new FamilyEstimate(3, 1, 10, 25, 0, 0, Map.of()).line().contains("; one by one 25 s, 2.5 times"));
    }

    @Test
    void placesOnThisMachineAreNotPartOfItsJson() {
        assertFalse(Json.text(group(1, Map.of(POOL, 5.0))).contains("pool"));
    }
}
