package io.mdc.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places {@code @name@} to be filled.
 *
 * @param text with the places
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("@([a-z_]+)@");

    /** A file of this package's resources. */
    static Template resource(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no template " + name);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text with every place filled; what is filled in is not looked at again.
     *
     * @throws IllegalStateException if there is nothing for a place
     */
    String with(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing for @" + place.group(1) + "@");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
