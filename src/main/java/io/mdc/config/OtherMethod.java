package io.mdc.config;

import io.mdc.matching.MatchingConfig;
import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A preset or a file that is for another method than a run has: what it has of that method as published gives way to
 * what the run's method has, and what the run's method does not know is left out. A rate of the images goes with what
 * it is a rate of, so that a tuned one gives way too where the methods differ in that.
 *
 * @param layer the preset or the file
 * @param own the method that it is for
 * @param named whether it names that method itself; otherwise it is below it
 * @param wanted the method of the run
 */
record OtherMethod(Layer layer, Method own, boolean named, Method wanted) {
    private static final String METHOD = Settings.key(MethodConfig.class, "method");

    /** Settings that only together say how far a step moves the images. */
    private static final List<String> RATE = Stream.of("lrImg", "lrImgScale", "pixels")
            .map(name -> Settings.key(MatchingConfig.class, name))
            .toList();

    private static final Map<String, SettingInfo> SETTINGS =
            Settings.of(RunConfig.class).stream().collect(Collectors.toMap(SettingInfo::key, setting -> setting));

    /**
     * Layers as they are to be read for a method.
     *
     * @param notes told of every preset and file that is for another
     */
    static List<Layer> adapted(List<Layer> layers, Method wanted, Consumer<String> notes) {
        return each(layers, wanted, other -> {
            other.note().ifPresent(notes);
            return other.adapted();
        });
    }

    /** Layers without what {@link #adapted} would change in them, for a run that was begun with them. */
    static List<Layer> without(List<Layer> layers, Method wanted) {
        return each(
                layers, wanted, other -> other.layer().without(other.changes().keySet()));
    }

    private static List<Layer> each(List<Layer> layers, Method wanted, Function<OtherMethod, Layer> change) {
        List<Layer> all = new ArrayList<>();
        Method own = named(Presets.layer(Presets.DEFAULTS)).orElseThrow();
        for (Layer layer : layers) {
            Optional<Method> named = named(layer);
            own = named.orElse(own);
            boolean isOther = !layer.source().isEmpty() && own != wanted;
            all.add(isOther ? change.apply(new OtherMethod(layer, own, named.isPresent(), wanted)) : layer);
        }
        return all;
    }

    /** The method that a layer names, unless it names none that there is. */
    static Optional<Method> named(Layer layer) {
        return Optional.ofNullable(layer.values().get(METHOD)).flatMap(text -> Arrays.stream(Method.values())
                .filter(method -> TextForm.format(method).equals(text.strip()))
                .findFirst());
    }

    private Layer adapted() {
        Map<String, String> values = new HashMap<>(layer.values());
        values.putAll(changes());
        return new Layer(layer.source(), values);
    }

    /** What the run's method has, by the keys of what is not for it. */
    private Map<String, String> changes() {
        Map<String, String> usual = usual(wanted);
        Map<String, String> changes = new TreeMap<>();
        Stream.of(published(), rate(), unknown())
                .flatMap(Collection::stream)
                .filter(layer.values()::containsKey)
                .filter(key -> !SETTINGS.get(key).isSame(layer.values().get(key), usual.get(key)))
                .forEach(key -> changes.put(key, usual.get(key)));
        return changes;
    }

    /** Settings that it has as its method was published, where it may have them for that reason alone. */
    private Set<String> published() {
        if (!named) {
            return Set.of();
        }
        Map<String, String> usual = usual(own);
        return Stream.of(own, wanted)
                .flatMap(method -> Presets.ofMethod(method).values().keySet().stream())
                .filter(layer.values()::containsKey)
                .filter(key -> SETTINGS.get(key).isSame(layer.values().get(key), usual.get(key)))
                .collect(Collectors.toSet());
    }

    /** The rate of the images and what it is a rate of, unless methods move them alike or it names none. */
    private Collection<String> rate() {
        return named && !movesAlike() ? RATE.stream().filter(this::isValue).toList() : List.of();
    }

    private boolean movesAlike() {
        Map<String, String> usual = usual(own);
        Map<String, String> asked = usual(wanted);
        return RATE.stream().allMatch(key -> SETTINGS.get(key).isSame(usual.get(key), asked.get(key)));
    }

    /** Whether it has a value there, not a text that is to be refused. */
    private boolean isValue(String key) {
        String text = layer.values().get(key);
        return text != null && SETTINGS.get(key).isSame(text, text);
    }

    /** Settings that its method knows and the run's does not. */
    private Set<String> unknown() {
        Set<String> keys = own.base().special().collect(Collectors.toCollection(HashSet::new));
        wanted.base().special().forEach(keys::remove);
        return keys;
    }

    /** What is said of it, if something of it is changed. */
    private Optional<String> note() {
        Map<String, String> changes = changes();
        Set<String> unknown = unknown();
        Set<String> published = published();
        String name = TextForm.format(wanted);
        List<String> parts = new ArrayList<>();
        parts.add(layer.source() + ": is for --method " + TextForm.format(own));
        list(changes.keySet(), key -> unknown.contains(key) ? "" : key + " " + changes.get(key))
                .ifPresent(list -> parts.add("as published for --method " + name + ": " + list));
        list(
                        changes.keySet(),
                        key -> unknown.contains(key) && !published.contains(key)
                                ? key + " " + layer.values().get(key)
                                : "")
                .ifPresent(list -> parts.add("left out, as --method " + name + " does not know it: " + list));
        return parts.size() == 1 ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static Optional<String> list(Collection<String> keys, UnaryOperator<String> text) {
        return Optional.of(
                        keys.stream().map(text).filter(said -> !said.isEmpty()).collect(Collectors.joining(", ")))
                .filter(list -> !list.isEmpty());
    }

    private static Map<String, String> usual(Method method) {
        Map<String, String> usual =
                new HashMap<>(Presets.layer(Presets.DEFAULTS).values());
        usual.putAll(Presets.ofMethod(method).values());
        return usual;
    }
}
