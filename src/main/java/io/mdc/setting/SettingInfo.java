package io.mdc.setting;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/**
 * One setting as its record declares it.
 *
 * @param key name in files and, after two hyphens, on the command line
 * @param heading heading of the group it belongs to
 * @param owner record that holds it
 * @param component its place in that record
 */
public record SettingInfo(String key, String heading, Class<? extends Record> owner, RecordComponent component) {
    /**
     * Returns what the setting is.
     *
     * @return a phrase without a full stop
     */
    public String description() {
        return declaration().value();
    }

    /**
     * Returns the values allowed.
     *
     * @return for example {@code 1 to 10000} or {@code mix, random, noise}; empty if anything goes
     */
    public String allowed() {
        return declaration().allowed().isEmpty()
                ? TextForm.allowed(type(), range())
                : declaration().allowed();
    }

    /**
     * Tells whether the setting is a switch.
     *
     * @return true for a boolean setting
     */
    public boolean isSwitch() {
        return type() == boolean.class;
    }

    /**
     * Tells whether the values are a few names.
     *
     * @return true for a switch and for a choice from names
     */
    public boolean isChoice() {
        return isSwitch() || (type() instanceof Class<?> c && c.isEnum());
    }

    /**
     * Tells whether a finished run has settled it for good.
     *
     * @return true if no later command can choose another value
     */
    public boolean isSettledByRun() {
        return declaration().settledByRun();
    }

    /**
     * Returns a word for the value in a synopsis.
     *
     * @return for example {@code N}, {@code DIR} or {@code mse|l1|cosine}
     */
    public String label() {
        return declaration().label().isEmpty()
                ? TextForm.label(type())
                : declaration().label();
    }

    Type type() {
        return component.getGenericType();
    }

    /** Whether two texts are the same value; one that is no value is the same as none. */
    public boolean isSame(String one, String other) {
        try {
            return parse(one).equals(parse(other));
        } catch (ConfigException e) {
            return false;
        }
    }

    /** Returns the value that a text stands for, not yet checked against the range. */
    Object parse(String text) {
        try {
            return TextForm.parse(type(), text.strip());
        } catch (IllegalArgumentException e) {
            String problem = e instanceof NumberFormatException ? "must be a number" : e.getMessage();
            throw new ConfigException(key, text, isNumber() ? numberProblem() : problem);
        }
    }

    /** Throws a {@link ConfigException} unless the value is there and in range. */
    void check(Object value) {
        if (value == null) {
            throw new ConfigException(key, "null", "must be given");
        }
        if (!range().contains(value)) {
            throw new ConfigException(key, TextForm.format(value), numberProblem());
        }
    }

    private boolean isNumber() {
        return TextForm.isNumber(type());
    }

    private String numberProblem() {
        return "must be " + TextForm.numberKind(type()) + range().phrase();
    }

    private Range range() {
        return new Range(declaration().min(), declaration().max());
    }

    private Setting declaration() {
        return component.getAnnotation(Setting.class);
    }
}
