package io.mdc.reproduce;

import io.mdc.setting.ConfigException;

/**
 * A part of the work, as in {@code 2/8}.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Share(int number, int of) {
    private static final String OPTION = "--cells";

    /** All of it. */
    public static final Share ALL = new Share(1, 1);

    /**
     * Reads {@code k/n}.
     *
     * @throws ConfigException if it has another form, or there is no such share
     */
    public static Share parse(String text) {
        if (!text.matches("\\d{1,6}/\\d{1,6}")) {
            throw new ConfigException(OPTION + " " + text + ": must be k/n with k from 1 to n, such as 2/8");
        }
        String[] parts = text.split("/", 2);
        Share share = new Share(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        if (share.number < 1 || share.number > share.of) {
            throw new ConfigException(OPTION + " " + text + ": k must be from 1 to " + Math.max(1, share.of));
        }
        return share;
    }

    /** Fails if there is not something for everyone. */
    void requireAtMost(int cells) {
        if (of > Math.max(1, cells)) {
            throw new ConfigException(OPTION + " " + number + "/" + of + ": there are only " + cells
                    + " cells to share; ask for at most as many shares");
        }
    }
}
