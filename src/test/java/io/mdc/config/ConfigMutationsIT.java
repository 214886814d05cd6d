package io.mdc.config;

import io.mdc.setting.Layer;
import io.mdc.testing.ReaderMutations;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of settings, see {@link ReaderMutations}. */
class ConfigMutationsIT {
    @TempDir
    private Path folder;

    @Test
    void settings() throws Exception {
        Files.copy(Path.of("configs/defaults.yaml"), folder.resolve("config.yaml"));
        ReaderMutations.check("yaml", folder, fixture -> ConfigReader.read(Layer.file(fixture.resolve("config.yaml"))));
    }
}
