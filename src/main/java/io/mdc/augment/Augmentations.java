package io.mdc.augment;

import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The transforms of an augmentation in order, as in {@code color,flip,crop|scale|rotate}.
 *
 * @param steps the transforms of each step; of several, one is drawn for each batch
 */
public record Augmentations(List<List<TransformKind>> steps) {
    private static final String NOTHING = "none";
    private static final int COLOURS = 3;

    /** No transform at all. */
    public static final Augmentations NONE = new Augmentations(List.of());

    /**
     * Copies the steps.
     *
     * @throws IllegalArgumentException if a step has no transform
     */
    public Augmentations {
        steps = steps.stream().map(List::copyOf).toList();
        if (steps.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("must have a transform in every step");
        }
    }

    /**
     * Reads the text form.
     *
     * @param text steps separated by commas, alternatives of a step by vertical bars; or {@code none}
     * @return the augmentation
     * @throws IllegalArgumentException if a name is not that of a transform
     */
    public static Augmentations parse(String text) {
        if (text.equals(NOTHING)) {
            return NONE;
        }
        try {
            return new Augmentations(TextForm.parts(text, ",").stream()
                    .map(step -> TextForm.parts(step, "|").stream()
                            .map(name -> TextForm.parseConstant(TransformKind.class, name))
                            .toList())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + allowed(), e);
        }
    }

    /**
     * Checks that the transforms are for images of so many channels.
     *
     * @param key the setting that this is the value of
     * @throws ConfigException if one of them changes colours that the images do not have
     */
    public void requireFits(String key, int channels) {
        if (channels != COLOURS && steps.stream().flatMap(List::stream).anyMatch(TransformKind::needsColours)) {
            throw new ConfigException(
                    key,
                    this,
                    "color-jitter and lighting are for images of " + COLOURS + " channels, these have " + channels
                            + "; leave them out");
        }
    }

    /** Says what {@link #parse} takes, for help and messages. */
    public static String allowed() {
        return NOTHING + ", or a list of " + String.join(", ", TextForm.names(TransformKind.class))
                + "; of those joined by | one is drawn per batch";
    }

    /** Returns the text form, which {@link #parse} reads. */
    @Override
    public String toString() {
        return steps.isEmpty()
                ? NOTHING
                : steps.stream()
                        .map(step ->
                                step.stream().map(kind -> TextForm.kebab(kind)).collect(Collectors.joining("|")))
                        .collect(Collectors.joining(","));
    }
}
