package io.mdc.setting;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes a YAML mapping of keys to single values or lists of single values.
 *
 * <p>Values are kept as the text in the file, so that {@code 010} or {@code 1-10} mean what they mean as options.
 */
final class FlatYaml {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private static final int LONGEST = 1 << 20;
    private static final Set<String> SWITCHES = Set.of("true", "false");

    private FlatYaml() {}

    /** Reads the mapping; ConfigException names the source and the line of what is wrong. The stream stays open. */
    static Map<String, String> read(String source, InputStream in) throws IOException {
        byte[] text = in.readNBytes(LONGEST + 1);
        if (text.length > LONGEST) {
            throw new ConfigException(source + ": more than " + LONGEST + " bytes, which are no settings");
        }
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = YAML.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT) {
                throw at(source, parser, "must be lines of the form key: value");
            }
            while (first != null && parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (values.put(key, value(source, parser, key)) != null) {
                    throw at(source, parser, key + " is given twice");
                }
            }
        } catch (JacksonException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigException(source + ": line " + line + ": not YAML: " + problem);
        }
        return values;
    }

    /** Writes one line for each entry. */
    static String write(Map<String, String> values) {
        StringWriter text = new StringWriter();
        try (YAMLGenerator generator = YAML.createGenerator(text)) {
            generator.writeStartObject();
            for (Map.Entry<String, String> entry : values.entrySet()) {
                generator.writeFieldName(entry.getKey());
                if (SWITCHES.contains(entry.getValue())) {
                    generator.writeBoolean(Boolean.parseBoolean(entry.getValue()));
                } else {
                    generator.writeString(entry.getValue());
                }
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String value(String source, JsonParser parser, String key) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return text(parser);
        }
        List<String> values = new ArrayList<>();
        boolean isList = parser.currentToken() == JsonToken.START_ARRAY;
        while (isList && parser.nextToken().isScalarValue()) {
            values.add(text(parser));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw at(source, parser, key + " must be a single value or a list of them");
        }
        return String.join(",", values);
    }

    private static String text(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private static ConfigException at(String source, JsonParser parser, String problem) {
        return new ConfigException(
                source + ": line " + parser.currentTokenLocation().getLineNr() + ": " + problem);
    }
}
