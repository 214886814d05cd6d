package io.mdc.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that was found.
 *
 * @param subject what it is about, in a word or two
 * @param found what there is, in a line
 * @param advice what to do about it, in a line; empty if it is well
 */
public record Finding(String subject, String found, Optional<String> advice) {
    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException if one is blank or has several lines
     */
    public Finding {
        requireLine(subject);
        requireLine(found);
        advice.ifPresent(Finding::requireLine);
    }

    /** Something that is well. */
    public static Finding fine(String subject, String found) {
        return new Finding(subject, found, Optional.empty());
    }

    /** Something that could be better. */
    public static Finding advised(String subject, String found, String advice) {
        return new Finding(subject, found, Optional.of(advice));
    }

    private static void requireLine(String text) {
        if (Objects.requireNonNull(text).isBlank() || text.lines().count() != 1) {
            throw new IllegalArgumentException("not a line: '" + text + "'");
        }
    }
}
