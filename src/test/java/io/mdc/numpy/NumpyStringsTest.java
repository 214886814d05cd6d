package io.mdc.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumpyStringsTest {
    @Test
    void textsAreCodePointsPaddedToTheLongest() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new NumpyStrings(List.of("ab", "\uD83D\uDC08")).write(out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("'descr': '<U2', 'fortran_order': False, 'shape': (2,)"), text);
        assertEquals("a\0\0\0b\0\0\0\u0008\u00f4\u0001\0\0\0\0\0", text.substring(text.indexOf('\n') + 1));
        assertEquals(0, (text.indexOf('\n') + 1) % 64);
    }
}
