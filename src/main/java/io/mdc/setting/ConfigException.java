package io.mdc.setting;

import io.mdc.base.OneLine;
import java.util.Optional;

/**
 * A setting, or a way to give settings, that is wrong; the message is one line for the user.
 *
 * <p>About a setting it reads {@code --ipc 0: must be a whole number from 1 to 10000}, or, where the value comes from a
 * file, {@code my.yaml: ipc: 0 must be …}.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String problem;

    /**
     * Creates the exception for what is not about one setting's value.
     *
     * @param message one line: what is wrong, where, what to do
     */
    public ConfigException(String message) {
        super(OneLine.of(message));
        this.key = null;
        this.value = null;
        this.problem = message;
    }

    /**
     * Creates the exception for a setting's value.
     *
     * @param key the setting
     * @param value its value, in the form the user gives it
     * @param problem continues the sentence, as in "must be a number from 1 to 10"
     */
    public ConfigException(String key, Object value, String problem) {
        this(key, value.toString(), problem, "--" + key + " " + quoted(value) + ": " + problem);
    }

    private ConfigException(String key, String value, String problem, String message) {
        super(OneLine.of(message));
        this.key = key;
        this.value = value;
        this.problem = problem;
    }

    /**
     * Returns the setting this is about.
     *
     * @return its key, or nothing if this is not about one setting
     */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Returns the same exception saying that the value comes from a file. */
    ConfigException from(String source) {
        String message = source + ": " + key + ": " + quoted(value) + " " + problem;
        ConfigException located = new ConfigException(key, value, problem, message);
        located.setStackTrace(getStackTrace());
        return located;
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.isBlank() || text.contains(" ") ? "'" + text + "'" : text;
    }
}
