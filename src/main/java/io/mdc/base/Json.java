package io.mdc.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** JSON as this program writes and reads it: in files, logs and on standard output. */
public final class Json {
    private static final long LONGEST = 1L << 28;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxDocumentLength(LONGEST).build())
            .build());
    private static final ObjectWriter COMPACT = MAPPER.writer();
    private static final ObjectWriter INDENTED = MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** Returns a value as one line, without a line feed. */
    public static String line(Object value) {
        return write(COMPACT, value);
    }

    /** Returns a value as indented lines, a line feed after the last. */
    public static String text(Object value) {
        return write(INDENTED, value) + "\n";
    }

    /**
     * Reads a value.
     *
     * @throws JsonProcessingException if the text is not JSON of this type
     */
    public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return required(MAPPER.readValue(text, type));
    }

    /**
     * Reads a value; the stream may be closed.
     *
     * @throws JsonProcessingException if the content is not JSON of this type
     * @throws IOException if it cannot be read
     */
    public static <T> T read(InputStream in, Class<T> type) throws IOException {
        try {
            return required(MAPPER.readValue(in, type));
        } catch (CharConversionException e) {
            throw new JsonParseException(null, "not UTF-8: " + e.getMessage(), e);
        }
    }

    private static <T> T required(T value) throws JsonProcessingException {
        if (value == null) {
            throw new JsonParseException(null, "null in place of a value");
        }
        return value;
    }

    /** CRC-32, in eight hexadecimal digits, of a value's JSON in one line. */
    public static String checksum(Object value) {
        CRC32 crc = new CRC32();
        crc.update(line(value).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /** Whether a text is a whole JSON object. */
    public static boolean isObject(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
