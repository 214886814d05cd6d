package io.mdc.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakingAgainTest {
    @TempDir
    private Path folder;

    @Test
    void optionsGiveTheSameSettings() {
        for (String preset : Presets.names()) {
            RunConfig config = ConfigReader.read(Presets.layer(preset));
            assertEquals(config, ConfigReader.read(Layer.options(MakingAgain.options(config))), preset);
        }
    }

    @Test
    void wordsAreQuotedAsAShellTakesThem() throws IOException {
        assertEquals("--outer=4", MakingAgain.quoted("--outer=4"));
        assertEquals("'it'\\''s; $x'", MakingAgain.quoted("it's; $x"));
        List<List<String>> commands =
                MadeRun.begun(folder.resolve("run"), "finished", 1).view().commands();
        assertEquals(List.of("mdc", "condense", "--out=AGAIN"), commands.get(0).subList(0, 3));
        assertTrue(commands.get(0).contains("'--data-dir=/data/it'\\''s here'"), commands::toString);
    }
}
