package io.mdc.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
    @TempDir
    private Path folder;

    private static Setup setup(Scale scale, Map<String, String> options) {
        return new Setup(scale, 1, Layer.options(options));
    }

    @Test
    void aDirectoryIsForRunsOfOneKindOnceItHasOne() throws IOException {
        Workplace workplace = new Workplace(folder.resolve("out"));
        workplace.take(setup(Scale.CPU, Map.of("data-dir", "nowhere")));
        assertEquals(Optional.of(Scale.CPU), workplace.scale());
        Map<String, String> svhn = Map.of("dataset", "svhn");
        workplace.take(setup(Scale.PAPER, svhn));
        assertEquals(Optional.of(Scale.PAPER), workplace.scale());
        assertEquals(svhn, workplace.settings().values());

        Files.createDirectories(workplace.runs().resolve("begun"));
        workplace.take(setup(Scale.PAPER, Map.of("dataset", "svhn", "threads", "3")));
        ConfigException refused = assertThrows(ConfigException.class, () -> workplace.take(setup(Scale.CPU, Map.of())));
        assertEquals(
                "--out " + workplace.path()
                        + ": was begun with --scale paper --dataset svhn, not --scale cpu; name another directory",
                refused.getMessage());
        assertEquals(svhn, workplace.settings().values());
    }
}
