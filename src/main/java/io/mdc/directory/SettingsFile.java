package io.mdc.directory;

import io.mdc.backend.BackendKind;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.config.RunConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The settings of a run in its {@code config.yaml}.
 *
 * @param file the file, which may not exist yet
 */
record SettingsFile(Path file) {
    /** Without it, settings that were cut off would silently be the defaults; a checksum of them follows. */
    private static final String LAST_LINE = "# the end of the settings, ";

    private static final String BACKEND = Settings.key(ComputeConfig.class, "backend");
    private static final String CONVOLUTION = Settings.key(ComputeConfig.class, "convolution");

    /** Writes them, with absolute paths, in place of those that are there. */
    void write(RunConfig config) throws IOException {
        String settings = config.absolute().toYaml();
        AtomicFiles.write(file, settings + LAST_LINE + Json.checksum(settings) + "\n");
    }

    /** Whether there are some, and all that were written. */
    boolean isWhole() {
        try {
            return Files.readString(file).contains(LAST_LINE);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a file of settings that anybody may have written, or a run.
     *
     * @param notes is told if they are a run's and not as they were written
     * @throws ConfigException if they cannot be read
     * @throws DataException if they are a run's and some were cut off
     */
    Layer readAny(Consumer<String> notes) {
        boolean ofRun = Files.exists(file.resolveSibling("manifest.json")) && file.endsWith(RunDirectory.CONFIG);
        return ofRun || isWhole() ? read(notes) : Layer.file(file);
    }

    /**
     * Reads them.
     *
     * @param notes is told if they are not as they were written
     * @throws ConfigException if they cannot be read
     * @throws DataException if some were cut off
     */
    Layer read(Consumer<String> notes) {
        Layer settings = Layer.file(file);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + RunDirectory.reason(e), e);
        }
        int end = text.lastIndexOf(LAST_LINE);
        if (end < 0) {
            throw new DataException(file + ": cut off, its last line is not '" + LAST_LINE
                    + "' and a checksum; put the missing settings back, and this line after them");
        } else if (!text.substring(end + LAST_LINE.length()).strip().equals(Json.checksum(text.substring(0, end)))) {
            notes.accept(file + ": was changed since it was written, by hand or by damage; going on with what it says"
                    + " now");
        }
        return withoutIgnored(settings);
    }

    /** Runs of backends that do not take it could once be begun with any way to convolve. */
    private static Layer withoutIgnored(Layer settings) {
        boolean ignored = Stream.of(BackendKind.values())
                .filter(kind -> !kind.takesConvolution())
                .anyMatch(kind -> TextForm.format(kind).equals(settings.values().get(BACKEND)));
        return ignored ? settings.without(Set.of(CONVOLUTION)) : settings;
    }
}
