package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.ShellWord;
import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.run.TinySettings;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakingAgainTest {
    private static final Reordering ORDER = new Reordering("/a run", "0", "random", List.of(), 1);
    private static final ImageOrigin.Source FILE = new ImageOrigin.Source("/home/me/idc.pt", "abc", "as it was");

    private static MakingAgain here(RunConfig config) {
        return new MakingAgain(config, MakingAgain.Audience.HERE);
    }

    private static MakingAgain elsewhere(RunConfig config) {
        return new MakingAgain(config, MakingAgain.Audience.ELSEWHERE);
    }

    private static Manifest manifest(RunConfig config) {
        try (Compute compute = Compute.start(config.compute())) {
            return Manifest.begun(config, TinySettings.dataset(), compute);
        }
    }

    @Test
    void optionsGiveTheSameSettings() {
        for (String preset : Presets.names()) {
            RunConfig config = ConfigReader.read(Presets.layer(preset));
            assertEquals(config, ConfigReader.read(Layer.options(here(config).settings())), preset);
        }
    }

    @Test
    void theDataSetIsNamedLestACommandTakesTheQuickStart() {
        RunConfig config = ConfigReader.read(Layer.options(Map.of("ipc", "10", "dataset", "shapes")));
        assertEquals(
                List.of("mdc", "condense", "--method=mdc", "--dataset=shapes", "--out=AGAIN"),
                here(config).condense("AGAIN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "method dance", "method mdc period 2 classes a,b", "method idc cutmix-eval 0.3"})
    void optionsForOthersShapeTheSameImagesAndTellNothingOfThisMachine(String changes) {
        RunConfig config = TinySettings.with(changes.isEmpty() ? new String[0] : changes.split(" "));
        Map<String, String> again = new HashMap<>(elsewhere(config).settings());
        assertTrue(!again.containsKey("data-dir") && !again.containsKey("threads"), again::toString);
        again.put("data-dir", config.data().dataDir().orElseThrow().toString());
        RunConfig made = ConfigReader.read(Layer.options(again));
        assertEquals(config.shaping(), made.shaping());
        assertEquals(config.evaluating(), made.evaluating());
    }

    @Test
    void wordsAreQuotedAsAShellTakesThem() {
        assertEquals("--outer=4", ShellWord.quoted("--outer=4"));
        assertEquals("'it'\\''s; $x'", ShellWord.quoted("it's; $x"));
        RunConfig config = TinySettings.with("classes", "it's,b");
        assertTrue(here(config).condense("AGAIN").contains("'--classes=it'\\''s,b'"));
    }

    @Test
    void whatARunWasMadeOfIsInItsCommands() {
        RunConfig config = TinySettings.with("epochs-order", "3", "epochs-lbpe", "3");
        Manifest whole = manifest(config);
        List<ImageOrigin.Part> parts = List.of(new ImageOrigin.Part("/a", "0"), new ImageOrigin.Part("/b", "1"));
        Reordering best = new Reordering("/a run", "0", "lbpe", List.of(), 1);
        Manifest ordered = whole.from(ImageOrigin.CONDENSED.ordered(best));
        assertEquals(
                List.of("mdc", "order", "'/a run'", "--by=lbpe", "--epochs-order=3", "--epochs-lbpe=3", "--out=AGAIN"),
                here(config).commands(ordered).get(0));
        String both = elsewhere(config).markdown(ordered);
        assertTrue(
                both.matches("(?s)    mdc condense .* --data-dir=DATA --out=RUN\n"
                        + "    mdc order RUN --by=lbpe --epochs-order=3 --epochs-lbpe=3 --out=ORDERED"),
                both);
        assertEquals(
                List.of("mdc", "order", "'/a run'", "--by=random", "--out=AGAIN"),
                here(config)
                        .commands(whole.from(ImageOrigin.CONDENSED.ordered(ORDER)))
                        .get(0),
                "it uses neither");
        assertTrue(here(config).markdown(whole.from(ImageOrigin.joined(parts))).startsWith("    # joined of 2 runs, "));
        assertEquals(here(config).commands(whole), here(config).commands(whole.from(ImageOrigin.merged(parts))));
        assertTrue(here(config)
                .commands(whole.from(ImageOrigin.of(new Share(2, 5))))
                .get(0)
                .contains("--class-shard=2/5"));
        String imported = elsewhere(config).markdown(whole.from(ImageOrigin.imported(FILE)));
        assertTrue(imported.contains("imported from idc.pt, SHA-256 abc"), imported);
        assertFalse(imported.contains("/home"), imported);
    }

    @Test
    void anOrderedImportIsNoRunOfMdcs() {
        RunConfig config = TinySettings.with();
        Manifest ordered = manifest(config).from(ImageOrigin.imported(FILE).ordered(ORDER));
        List<List<String>> here = here(config).commands(ordered);
        assertEquals("/home/me/idc.pt,", here.get(0).get(1));
        assertEquals(List.of("mdc", "order", "'/a run'"), here.get(1).subList(0, 3));
        String elsewhere = elsewhere(config).markdown(ordered);
        assertTrue(
                elsewhere.matches("(?s)    # not made by mdc: imported from idc.pt, .*\n"
                        + "    mdc order RUN --by=random --out=ORDERED"),
                elsewhere);
    }

    @Test
    void anOrderedJoinedRunIsJoinedFirst() {
        RunConfig config = TinySettings.with();
        List<ImageOrigin.Part> parts = List.of(new ImageOrigin.Part("/a", "0"), new ImageOrigin.Part("/b", "1"));
        Manifest ordered = manifest(config).from(ImageOrigin.joined(parts).ordered(ORDER));
        List<List<String>> here = here(config).commands(ordered);
        assertEquals(2, here.size());
        assertTrue(here.get(0).get(0).startsWith("# joined of 2 runs"), here::toString);
        assertEquals(
                List.of("#", "mdc condense", "mdc order"),
                elsewhere(config).commands(ordered).stream()
                        .map(words -> words.get(0).startsWith("#") ? "#" : words.get(0) + " " + words.get(1))
                        .toList());
    }
}
