package io.mdc.setting;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks configuration records: which settings they have, their values as texts, and records from such texts. */
public final class Settings {
    private static final String NO_HEADING = "Run";

    private Settings() {}

    /**
     * Lists the settings of a record and of the records in it.
     *
     * @param type a configuration record
     * @return in the order they are declared
     */
    public static List<SettingInfo> of(Class<? extends Record> type) {
        List<SettingInfo> settings = new ArrayList<>();
        collect(type, NO_HEADING, settings);
        return List.copyOf(settings);
    }

    /**
     * Returns the key of one setting.
     *
     * @param owner the record that holds it
     * @param component its name there
     * @throws IllegalStateException if the record has no such setting
     */
    public static String key(Class<? extends Record> owner, String component) {
        return of(owner).stream()
                .filter(setting -> setting.component().getName().equals(component))
                .map(SettingInfo::key)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(owner + " has no setting " + component));
    }

    /**
     * Returns the keys of all settings of a record.
     *
     * @param owner the record that holds them
     */
    public static List<String> keys(Class<? extends Record> owner) {
        return of(owner).stream().map(SettingInfo::key).toList();
    }

    /**
     * Returns the values of all settings as texts.
     *
     * @param config a configuration record
     * @return text by key, in the order the settings are declared
     */
    public static Map<String, String> texts(Record config) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            Object value = valueOf(config, component);
            if (value instanceof Record group && isGroup(component)) {
                texts.putAll(texts(group));
            } else {
                texts.put(TextForm.kebab(component.getName()), TextForm.format(value));
            }
        }
        return texts;
    }

    /** All settings of a record as YAML that {@link Layer#file} reads, a line each in the order they are declared. */
    public static String toYaml(Record config) {
        return FlatYaml.write(texts(config));
    }

    /** Creates a record from the texts of its settings; ConfigException names the first setting that is wrong. */
    public static <R extends Record> R bind(Class<R> type, Map<String, String> texts) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = isGroup(components[i])
                    ? bind(components[i].getType().asSubclass(Record.class), texts)
                    : parse(new SettingInfo(TextForm.kebab(components[i].getName()), "", type, components[i]), texts);
        }
        return create(type, values);
    }

    /**
     * Checks the values of a record against the ranges it declares; for compact constructors.
     *
     * @throws ConfigException for the first value that is missing or out of range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        if (values.length != components.length) {
            throw new IllegalStateException(type.getSimpleName() + " must check all its components");
        }
        for (int i = 0; i < components.length; i++) {
            new SettingInfo(TextForm.kebab(components[i].getName()), "", type, components[i]).check(values[i]);
        }
    }

    private static void collect(Class<? extends Record> type, String heading, List<SettingInfo> settings) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (isGroup(component)) {
                String inner = component.getAnnotation(Setting.class).value();
                collect(component.getType().asSubclass(Record.class), inner, settings);
            } else {
                settings.add(new SettingInfo(TextForm.kebab(component.getName()), heading, type, component));
            }
        }
    }

    private static boolean isGroup(RecordComponent component) {
        return component.getType().isRecord()
                && Arrays.stream(component.getType().getRecordComponents())
                        .allMatch(inner -> inner.isAnnotationPresent(Setting.class));
    }

    private static Object parse(SettingInfo setting, Map<String, String> texts) {
        String text = texts.get(setting.key());
        if (text == null) {
            throw new ConfigException("setting " + setting.key() + " has neither a value nor a default");
        }
        return setting.parse(text);
    }

    private static <R extends Record> R create(Class<R> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot create " + type.getSimpleName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type.getSimpleName(), e);
        }
    }

    private static Object valueOf(Record config, RecordComponent component) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component.getName(), e);
        }
    }
}
