package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private record Point(double x, List<String> names) {}

    private static final Point POINT = new Point(0.1, List.of("a", "ü"));

    @Test
    void aLineHasNoLineFeedAndATextEndsWithOne() {
        assertEquals("{\"x\":0.1,\"names\":[\"a\",\"ü\"]}", Json.line(POINT));
        assertEquals("{\n  \"x\" : 0.1,\n  \"names\" : [ \"a\", \"ü\" ]\n}\n", Json.text(POINT));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws IOException {
        assertEquals(POINT, Json.read(Json.line(POINT), Point.class));
        byte[] text = Json.text(POINT).getBytes(StandardCharsets.UTF_8);
        assertEquals(POINT, Json.read(new ByteArrayInputStream(text), Point.class));
    }

    @Test
    void otherJsonIsRefused() {
        for (String text : List.of("", "{", "[]", "{\"y\": 1}")) {
            assertThrows(JsonProcessingException.class, () -> Json.read(text, Point.class), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32BE", "UTF-16LE", "ISO-8859-1"})
    void bytesOfAnotherEncodingAreRefusedOrReadButNeverAnotherFailure(String charset) throws IOException {
        byte[] text = Json.text(POINT).getBytes(Charset.forName(charset));
        text[text.length / 2] = (byte) 0xff;
        assertThrows(JsonProcessingException.class, () -> Json.read(new ByteArrayInputStream(text), Point.class));
    }

    @Test
    void nullIsNoValue() {
        assertThrows(JsonProcessingException.class, () -> Json.read("null", Point.class));
        InputStream in = new ByteArrayInputStream("null".getBytes(StandardCharsets.UTF_8));
        assertThrows(JsonProcessingException.class, () -> Json.read(in, Point.class));
    }
}
