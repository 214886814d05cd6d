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

    /** What is known of a record's components; asking Java each time takes milliseconds. */
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> new Part(component, TextForm.kebab(component.getName()), isGroup(component)))
                    .toList();
        }
    };

    /** A component of a record: a setting with its key, or a group of them. */
    private record Part(RecordComponent component, String key, boolean isGroup) {
        Class<? extends Record> group() {
            return component.getType().asSubclass(Record.class);
        }

        SettingInfo setting(String heading, Class<? extends Record> owner) {
            return new SettingInfo(key, heading, owner, component);
        }
    }

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
        for (Part part : PARTS.get(config.getClass())) {
            Object value = valueOf(config, part.component());
            if (value instanceof Record group && part.isGroup()) {
                texts.putAll(texts(group));
            } else {
                texts.put(part.key(), TextForm.format(value));
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
        List<Part> parts = PARTS.get(type);
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Part part = parts.get(i);
            values[i] = part.isGroup() ? bind(part.group(), texts) : parse(part.setting("", type), texts);
        }
        return create(type, values);
    }

    /**
     * Checks the values of a record against the ranges it declares; for compact constructors.
     *
     * @throws ConfigException for the first value that is missing or out of range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        List<Part> parts = PARTS.get(type);
        if (values.length != parts.size()) {
            throw new IllegalStateException(type.getSimpleName() + " must check all its components");
        }
        for (int i = 0; i < values.length; i++) {
            parts.get(i).setting("", type).check(values[i]);
        }
    }

    private static void collect(Class<? extends Record> type, String heading, List<SettingInfo> settings) {
        for (Part part : PARTS.get(type)) {
            if (part.isGroup()) {
                collect(
                        part.group(),
                        part.component().getAnnotation(Setting.class).value(),
                        settings);
            } else {
                settings.add(part.setting(heading, type));
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
