package io.mdc.setting;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The one text form of every type a setting can have; files, options, help and messages all use it.
 *
 * <p>{@code format} and {@code parse} are inverse. An empty {@code OptionalInt} is {@code auto}, an empty path is
 * empty, lists are separated by commas; a class of another package is written by its {@code toString}, read by its
 * static {@code parse(String)}, which throws IllegalArgumentException, and says what it takes in its static
 * {@code allowed()}.
 */
public final class TextForm {
    private static final String AUTO = "auto";

    private TextForm() {}

    /** Throws IllegalArgumentException, with a message that continues "value: …", if the text does not fit the type. */
    static Object parse(Type type, String text) {
        if (type == int.class) {
            return Integer.valueOf(text);
        } else if (type == long.class) {
            return Long.valueOf(text);
        } else if (type == double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class) {
            return parseSwitch(text);
        } else if (type == String.class) {
            return text;
        } else if (type == OptionalInt.class) {
            return text.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } else if (type instanceof Class<?> c) {
            return c.isEnum() ? parseConstant(c, text) : ask(c, "parse", text);
        } else if (isGeneric(type, Optional.class, Path.class)) {
            return parsePath(text);
        } else if (isList(type)) {
            Type element = element(type);
            return parts(text, ",").stream()
                    .map(part -> parse(element, part))
                    .distinct()
                    .toList();
        }
        throw new IllegalStateException("no text form for settings of type " + type);
    }

    /** Returns the text form of a value, which {@code parse} reads. */
    public static String format(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : number.toString();
        } else if (value instanceof Enum<?> constant) {
            return kebab(constant);
        } else if (value instanceof OptionalInt number) {
            return number.isPresent() ? Integer.toString(number.getAsInt()) : AUTO;
        } else if (value instanceof Optional<?> optional) {
            return optional.map(Object::toString).orElse("");
        } else if (value instanceof List<?> list) {
            return list.stream().map(TextForm::format).collect(Collectors.joining(","));
        }
        return value.toString();
    }

    /** Returns what a type and a range allow, as help says it. */
    static String allowed(Type type, Range range) {
        if (type == OptionalInt.class) {
            return AUTO + " or " + range;
        } else if (type == boolean.class) {
            return "true, false";
        } else if (isList(type)) {
            return "any of " + allowed(element(type), range);
        } else if (type instanceof Class<?> c && c.isEnum()) {
            return String.join(", ", names(c));
        } else if (type instanceof Class<?> c && !c.isPrimitive() && c != String.class) {
            return ask(c, "allowed").toString();
        }
        return range.toString();
    }

    /** Returns a word for values of a type, as in {@code --ipc=N}. */
    static String label(Type type) {
        if (isNumber(type)) {
            return type == double.class ? "X" : "N";
        } else if (type == boolean.class) {
            return "true|false";
        } else if (type == String.class) {
            return "NAME";
        } else if (isGeneric(type, Optional.class, Path.class)) {
            return "DIR";
        }
        return type instanceof Class<?> c && c.isEnum() ? String.join("|", names(c)) : "LIST";
    }

    static boolean isNumber(Type type) {
        return type == int.class || type == long.class || type == double.class || type == OptionalInt.class;
    }

    static String numberKind(Type type) {
        if (type == OptionalInt.class) {
            return AUTO + " or a whole number";
        }
        return type == double.class ? "a number" : "a whole number";
    }

    /** Returns the names of an enum's constants in the order they are declared. */
    public static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> kebab((Enum<?>) constant))
                .toList();
    }

    /** Returns the enum constant of a name; IllegalArgumentException lists the names. */
    public static <E> E parseConstant(Class<E> type, String text) {
        int index = names(type).indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names(type)));
        }
        return type.getEnumConstants()[index];
    }

    /**
     * Returns the enum constant of an option's value.
     *
     * @param option without dashes
     * @throws ConfigException in the words of settings, if there is none of that name
     */
    public static <E> E parseConstant(String option, Class<E> type, String text) {
        try {
            return parseConstant(type, text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(option, text, e.getMessage());
        }
    }

    /** Splits a list at a separator; an empty text has no parts. */
    public static List<String> parts(String text, String separator) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(java.util.regex.Pattern.quote(separator), -1))
                        .map(String::strip)
                        .toList();
    }

    /** Turns {@code nData} into {@code n-data}. */
    public static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Turns {@code RESNET10_AP} into {@code resnet10-ap}. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Calls a static method of a class that knows its own text form. */
    private static Object ask(Class<?> type, String method, String... arguments) {
        Class<?>[] types = Collections.nCopies(arguments.length, String.class).toArray(Class<?>[]::new);
        try {
            return type.getMethod(method, types).invoke(null, (Object[]) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw cause;
            }
            throw new IllegalStateException(type + "." + method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings of type " + type + " need its static " + method, e);
        }
    }

    private static Boolean parseSwitch(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
        }
        return Boolean.valueOf(text);
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path", e);
        }
    }

    private static boolean isList(Type type) {
        return type instanceof ParameterizedType p && p.getRawType() == List.class;
    }

    private static Type element(Type list) {
        return ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    private static boolean isGeneric(Type type, Class<?> raw, Class<?> argument) {
        return type instanceof ParameterizedType p
                && p.getRawType() == raw
                && p.getActualTypeArguments()[0] == argument;
    }
}
