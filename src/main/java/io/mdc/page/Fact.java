package io.mdc.page;

import java.util.Objects;

/**
 * Something known of a run.
 *
 * @param name what it is
 * @param value what is known
 */
public record Fact(String name, String value) {
    /** Checks that both are there. */
    public Fact {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
    }
}
