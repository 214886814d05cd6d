package io.mdc.export;

import io.mdc.setting.ConfigException;
import java.util.OptionalInt;

/**
 * Which prefix is exported.
 *
 * @param images stored images per class, at least 1; empty for all there are
 */
public record ExportSize(OptionalInt images) {
    private static final String OPTION = "size";
    private static final String ALL = "all";
    private static final int MOST_DIGITS = 9;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public ExportSize {
        if (images.isPresent() && images.getAsInt() < 1) {
            throw new IllegalArgumentException("a prefix of " + images.getAsInt() + " images");
        }
    }

    /**
     * Reads the option.
     *
     * @throws ConfigException if it is neither a number from 1 nor {@code all}
     */
    public static ExportSize parse(String text) {
        if (text.equals(ALL)) {
            return new ExportSize(OptionalInt.empty());
        }
        if (!text.matches("0*[1-9]\\d*") || text.length() > MOST_DIGITS) {
            throw new ConfigException(OPTION, text, "must be all, or a whole number from 1");
        }
        return new ExportSize(OptionalInt.of(Integer.parseInt(text)));
    }

    /**
     * The size of the prefix of a set.
     *
     * @param ipc images per class of the set
     * @throws ConfigException if the set has fewer
     */
    public int of(int ipc) {
        int size = images.orElse(ipc);
        if (size > ipc) {
            throw new ConfigException(
                    OPTION,
                    size,
                    "must be all, or from 1 to " + ipc + ", which are the images per class of the condensed set");
        }
        return size;
    }
}
