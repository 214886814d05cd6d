package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whateverIsInAFileAMessageIsOneReadableLine() {
        assertEquals("a?b?c?é", OneLine.of("a\nb\u0000c\u0085é"));
        assertEquals("a?b", new DataException("a\nb").getMessage());
    }

    @Test
    void aReasonIsTheFirstLineAndShort() {
        assertEquals("a", OneLine.reason(new IOException("a\nb")));
        assertEquals("IOException", OneLine.reason(new IOException()));
        assertEquals("x".repeat(200) + "…", OneLine.reason(new IOException("x".repeat(201))));
    }
}
