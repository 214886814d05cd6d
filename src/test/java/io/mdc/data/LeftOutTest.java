package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private static String text(int bad, Map<String, Integer> others) {
        return new LeftOut(bad, new TreeMap<>(others)).text();
    }

    @Test
    void whatWasLeftOutIsCountedByKind() {
        assertEquals("", LeftOut.NOTHING.text());
        assertEquals("1 bad image", text(1, Map.of()));
        assertEquals("1 other file (1 .txt)", text(0, Map.of(".txt", 1)));
        assertEquals("2 bad images, 7 other files (6 .txt, 1 .xml)", text(2, Map.of(".xml", 1, ".txt", 6)));
    }
}
