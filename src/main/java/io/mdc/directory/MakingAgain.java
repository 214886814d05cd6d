package io.mdc.directory;

import io.mdc.backend.ComputeConfig;
import io.mdc.base.ShellWord;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.order.OrderBy;
import io.mdc.order.OrderConfig;
import io.mdc.robust.RobustConfig;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that make a run again.
 *
 * @param config its settings
 * @param audience who is to make it
 */
public record MakingAgain(RunConfig config, Audience audience) {
    private static final String METHOD = "method";
    private static final String DATASET = Settings.key(DataConfig.class, "dataset");
    private static final String DATA = Settings.key(DataConfig.class, "dataDir");

    /** Settings that say how and where, not what. */
    private static final List<Class<?>> CIRCUMSTANCES =
            List.of(ComputeConfig.class, RobustConfig.class, OrderConfig.class);

    /** For whom commands are. */
    public enum Audience {
        /** Who has the run: all settings, with paths. */
        HERE,
        /** Who has neither it nor this machine: what shapes the images, without paths. */
        ELSEWHERE
    }

    /** Commands as words for a POSIX shell; what no command can do is a line that begins with {@code #}. */
    List<List<String>> commands(Manifest manifest) {
        ImageOrigin origin = manifest.origin();
        List<List<String>> commands = new ArrayList<>();
        origin.imported().ifPresent(source -> commands.add(imported(source)));
        if (!origin.joined().isEmpty()) {
            commands.add(List.of("# joined of " + origin.joined().size()
                    + " runs, whose settings differ from these in what makes them parts of one"));
        }
        boolean there = audience == Audience.HERE && origin.order().isPresent();
        if (origin.imported().isEmpty() && !there) {
            Stream<String> shard = origin.shard().stream().map(share -> "--class-shard=" + share);
            commands.add(words(condense(audience == Audience.HERE ? "AGAIN" : "RUN"), shard));
        }
        origin.order()
                .ifPresent(order ->
                        commands.add(there ? order(order, order.run(), "AGAIN") : order(order, "RUN", "ORDERED")));
        return List.copyOf(commands);
    }

    private List<String> imported(ImageOrigin.Source source) {
        return List.of(
                "# not made by mdc: imported from",
                (audience == Audience.HERE ? source.file() : source.name()) + ",",
                "SHA-256 " + source.sha256() + ";",
                source.reading());
    }

    /** The command that condenses, whatever the run was made of. */
    List<String> condense(String out) {
        Stream<String> data =
                audience == Audience.ELSEWHERE && config.data().dataDir().isPresent()
                        ? Stream.of("--" + DATA + "=DATA")
                        : Stream.empty();
        return words(
                List.of("mdc", "condense"), Stream.concat(options(), Stream.concat(data, Stream.of("--out=" + out))));
    }

    private List<String> order(Reordering order, String run, String out) {
        Map<String, String> settings = changes();
        settings.keySet()
                .retainAll(Stream.of(OrderBy.values())
                        .filter(by -> TextForm.kebab(by).equals(order.by()))
                        .flatMap(by -> by.settings().stream())
                        .toList());
        return words(
                List.of("mdc", "order", ShellWord.quoted(run), "--by=" + order.by()),
                Stream.concat(quoted(settings), Stream.of("--out=" + out)));
    }

    private Stream<String> options() {
        return quoted(settings());
    }

    /**
     * The method, the data set, without which a command takes the quick start's settings, and the settings that are not
     * the method's defaults; of those elsewhere, without circumstances.
     */
    Map<String, String> settings() {
        Map<String, String> settings = changes();
        if (audience == Audience.ELSEWHERE) {
            Settings.of(RunConfig.class).stream()
                    .filter(setting -> CIRCUMSTANCES.contains(setting.owner()))
                    .map(SettingInfo::key)
                    .forEach(settings::remove);
            settings.remove(DATA);
            settings.remove(Settings.key(RunConfig.class, "checkpointMinutes"));
        }
        return settings;
    }

    private Map<String, String> changes() {
        Map<String, String> texts = Settings.texts(config);
        String method = texts.get(METHOD);
        Map<String, String> usual = Settings.texts(ConfigReader.read(Layer.options(Map.of(METHOD, method))));
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put(METHOD, method);
        changes.put(DATASET, texts.get(DATASET));
        texts.forEach((key, value) -> {
            if (!value.equals(usual.get(key))) {
                changes.put(key, value);
            }
        });
        return changes;
    }

    private static Stream<String> quoted(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> ShellWord.quoted("--" + setting.getKey() + "=" + setting.getValue()));
    }

    private static List<String> words(List<String> first, Stream<String> then) {
        List<String> words = new ArrayList<>(first);
        then.forEach(words::add);
        return words;
    }

    /** The commands as lines of Markdown's code. */
    public String markdown(Manifest manifest) {
        return commands(manifest).stream()
                .map(command -> "    " + String.join(" ", command))
                .collect(Collectors.joining("\n"));
    }
}
