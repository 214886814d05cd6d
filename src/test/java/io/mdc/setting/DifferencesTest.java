package io.mdc.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    @Test
    void whatAllHaveAlikeIsLeftOut() {
        assertEquals(
                Set.of("b", "c"),
                Differences.keys(List.of(Map.of("a", "1", "b", "2"), Map.of("a", "1", "b", "3", "c", "4"))));
    }

    @Test
    void nothingDiffersFromItself() {
        assertEquals(Set.of(), Differences.keys(List.of()));
        assertEquals(Set.of(), Differences.keys(List.of(Map.of("a", "1"))));
    }
}
