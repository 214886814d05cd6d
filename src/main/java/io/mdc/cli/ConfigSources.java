package io.mdc.cli;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say where settings come from, apart from the options for settings. */
final class ConfigSources {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            completionCandidates = PresetNames.class,
            description = {
                "Start from a preset: ${COMPLETION-CANDIDATES}.",
                "Without --preset, --config and --dataset this is " + Presets.QUICKSTART + "."
            })
    private String preset;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take settings from a YAML file, such as the config.yaml of a run; they override a preset's.")
    private Path file;

    /**
     * Returns the preset and the file that were given, in this order.
     *
     * @param notes told if the file is a run's and was changed since
     */
    List<Layer> layers(Consumer<String> notes) {
        List<Layer> layers = new ArrayList<>();
        if (preset != null) {
            layers.add(Presets.layer(preset));
        }
        if (file != null) {
            layers.add(RunDirectory.settingsOf(file, notes));
        }
        return layers;
    }

    /** Lists the presets for help and completion. */
    static final class PresetNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Presets.names().iterator();
        }
    }

    /**
     * The settings of a new run: of the sources, the quick start's if nothing else is asked for, and options on top.
     */
    RunConfig read(Layer options, Consumer<String> notes) {
        return ConfigReader.read(layers(options, notes), notes);
    }

    /** What {@link #read} reads. */
    List<Layer> layers(Layer options, Consumer<String> notes) {
        List<Layer> layers = new ArrayList<>(layers(notes));
        if (layers.isEmpty() && !options.values().containsKey(Settings.key(DataConfig.class, "dataset"))) {
            layers.add(Presets.layer(Presets.QUICKSTART));
        }
        layers.add(options);
        return layers;
    }
}
