package io.mdc.paper;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A number that the paper prints.
 *
 * @param key value of each of the table's {@linkplain PaperId#keys() keys}, in their order; copied. A size is a number
 *     of images per class, {@code average} over those, {@code difference} of averages, or another heading of the table
 * @param value with the digits printed
 * @param deviation the standard deviation, where it is printed
 * @param cited whether the paper has it from another one
 * @param mark what is to be known of it
 * @param note why it is marked, or a remark; may be empty
 */
public record PaperCell(
        Map<String, String> key,
        BigDecimal value,
        Optional<BigDecimal> deviation,
        boolean cited,
        Mark mark,
        String note) {
    /**
     * Copies the key.
     *
     * @throws IllegalArgumentException if a value of the key is empty, the deviation negative, or the cell marked
     *     without a note
     */
    public PaperCell {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
        if (key.containsValue("")) {
            throw new IllegalArgumentException("a key without value: " + key);
        }
        if (deviation.isPresent() && deviation.get().signum() < 0) {
            throw new IllegalArgumentException("a negative deviation: " + deviation.get());
        }
        if (mark != Mark.NONE && note.isEmpty()) {
            throw new IllegalArgumentException("marked without a note: " + key);
        }
    }
}
