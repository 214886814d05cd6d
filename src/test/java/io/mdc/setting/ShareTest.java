package io.mdc.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @Test
    void everyItemIsInOneShare() {
        for (int item = 0; item < 20; item++) {
            int i = item;
            assertEquals(
                    1,
                    IntStream.rangeClosed(1, 3)
                            .filter(k -> new Share(k, 3).holds(i))
                            .count());
            assertTrue(Share.ALL.holds(i));
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(new Share(2, 8), Share.parse("cells", new Share(2, 8).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0/3", "4/3", "1/0", "-1/2", "1/2/3", "a/b", "1/99999999"})
    void otherTextIsRefusedWithTheOption(String text) {
        ConfigException refused = assertThrows(ConfigException.class, () -> Share.parse("cells", text));
        assertTrue(refused.getMessage().startsWith("--cells " + text + ": "), refused.getMessage());
    }
}
