package io.mdc.base;

import java.util.regex.Pattern;

/** Text that people paste into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private ShellWord() {}

    /** As a POSIX shell takes it for one word. */
    public static String quoted(Object value) {
        String word = value.toString();
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
