package io.mdc.setting;

/**
 * A part of work that several processes share, as in {@code 2/8}.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Share(int number, int of) {
    /** All of it. */
    public static final Share ALL = new Share(1, 1);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no such share
     */
    public Share {
        if (number < 1 || number > of) {
            throw new IllegalArgumentException("share " + number + " of " + of);
        }
    }

    /**
     * Reads {@code k/n}.
     *
     * @param option what it is given by, for messages
     * @throws ConfigException if it has another form, or there is no such share
     */
    public static Share parse(String option, String text) {
        if (!text.matches("\\d{1,6}/\\d{1,6}")) {
            throw new ConfigException("--" + option + " " + text + ": must be k/n with k from 1 to n, such as 2/8");
        }
        String[] parts = text.split("/", 2);
        int number = Integer.parseInt(parts[0]);
        int of = Integer.parseInt(parts[1]);
        if (number < 1 || number > of) {
            throw new ConfigException("--" + option + " " + text + ": k must be from 1 to " + Math.max(1, of));
        }
        return new Share(number, of);
    }

    /** Whether item {@code i}, from 0, is of this share: every n-th, the k-th first. */
    public boolean holds(int i) {
        return i % of == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
