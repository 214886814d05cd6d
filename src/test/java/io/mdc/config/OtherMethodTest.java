package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.method.Method;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Presets and files under another method than theirs. */
class OtherMethodTest {
    private final List<String> notes = new ArrayList<>();

    private static Layer method(Method method) {
        return Layer.options(Map.of("method", TextForm.format(method)));
    }

    /** All settings of a run, as its config.yaml has them. */
    private static Layer run(Method method, String... changes) {
        Map<String, String> options = new HashMap<>(method(method).values());
        for (int i = 0; i < changes.length; i += 2) {
            options.put(changes[i], changes[i + 1]);
        }
        return new Layer("run.yaml", Settings.texts(ConfigReader.read(Layer.options(options))));
    }

    private RunConfig read(Layer... layers) {
        return ConfigReader.read(List.of(layers), notes::add);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theSettingsOfARunUnderAnotherMethodAreThoseOfThatMethod(Method wanted) {
        for (Method own : Method.values()) {
            assertEquals(ConfigReader.read(method(wanted)), read(run(own), method(wanted)), own + " to " + wanted);
        }
    }

    @Test
    void whatARunHasOfItsOwnIsKept() {
        RunConfig dc = read(run(Method.IDC, "net-lr", "0.07", "ipc", "3", "batch-real", "64"), method(Method.DC));
        assertEquals(0.07, dc.training().netLr());
        assertEquals(3, dc.synthetic().ipc());
        assertEquals(256, dc.matching().batchReal());
        assertEquals(1, dc.synthetic().factor());
        assertEquals(
                List.of("run.yaml: is for --method idc; as published for --method dc: augment-match none, batch-real"
                        + " 256, distance weight-cosine, factor 1, lr-img 0.1, lr-img-scale none, match"
                        + " conv,classifier, pixels normalised"),
                notes);
    }

    @Test
    void whatIsGivenByOptionsIsKeptWhateverItIs() {
        RunConfig dc = read(run(Method.IDC), Layer.options(Map.of("method", "idc", "factor", "2")), method(Method.DC));
        assertEquals(2, dc.synthetic().factor());
        assertEquals(256, dc.matching().batchReal());
    }

    @Test
    void aPresetUnderAFileDoesNotShowThrough() {
        RunConfig dm = read(Presets.layer("best-cpu"), run(Method.IDC), method(Method.DM));
        assertEquals(ConfigReader.read(method(Method.DM)).matching(), dm.matching());
    }

    @Test
    void whatOnlyTheMethodOfAPresetKnowsIsLeftOut() {
        RunConfig idc = read(Presets.layer("best-cpu"), method(Method.IDC));
        assertEquals(ConfigReader.read().pool(), idc.pool());
        assertEquals(4, idc.synthetic().factor());
        assertEquals(
                List.of(
                        "preset best-cpu: is for --method dance; as published for --method idc: lr-img 0.005; left out, as"
                                + " --method idc does not know it: cross-entropy 0.5, pool-images 20000"),
                notes);
        assertEquals(
                "--pool-images 7: is not known to --method idc; leave it out (auto)",
                assertThrows(
                                ConfigException.class,
                                () -> read(
                                        Presets.layer("best-cpu"),
                                        Layer.options(Map.of("method", "idc", "pool-images", "7"))))
                        .getMessage());
    }

    @Test
    void aPresetThatNamesNoMethodIsForTheUsualOne() {
        RunConfig dm = read(Presets.layer("imagenet10-ipc20"), method(Method.DM));
        assertEquals(0, dm.loop().warmUp());
        assertEquals(
                List.of(
                        "preset imagenet10-ipc20: is for --method mdc; as published for --method dm: lr-img 1; left out,"
                                + " as --method dm does not know it: warm-up 10"),
                notes);
    }

    @ParameterizedTest
    @CsvSource({
        "dm-cifar10-ipc10-cpu, MDC, 0.005, size, limited",
        "dm-cifar10-ipc10-cpu, DANCE, 0.1, size, limited",
        "mtt-cifar10-ipc10-cpu, IDC, 0.005, size, limited",
        "best-cpu, DM, 1, none, normalised",
        "best-cpu, MTT, 100, none, normalised",
        "best-cpu, MDC, 0.005, size, limited",
        "imagenet10-ipc20, MTT, 100, none, normalised",
        "imagenet10-ipc20, DM, 1, none, normalised",
        "imagenet10-ipc20, DC, 0.1, none, normalised"
    })
    void aTunedRateIsOfAnotherMethodWhereMethodsMoveImagesOtherwise(
            String preset, Method wanted, String rate, String scale, String pixels) {
        assertMoves(read(Presets.layer(preset), method(wanted)), rate, scale, pixels);
        assertTrue(
                notes.toString().contains("as published for --method " + TextForm.format(wanted) + ": "),
                notes::toString);
        assertTrue(notes.toString().contains("lr-img " + rate), notes::toString);
    }

    private static void assertMoves(RunConfig config, String rate, String scale, String pixels) {
        assertEquals(Double.parseDouble(rate), config.matching().lrImg());
        assertEquals(scale, TextForm.format(config.matching().lrImgScale()));
        assertEquals(pixels, TextForm.format(config.matching().pixels()));
    }

    @ParameterizedTest
    @CsvSource({"MDC, IDC", "IDC, DREAM", "DREAM, MDC", "DC, DSA"})
    void aTunedRateStaysWhereMethodsMoveImagesAlike(Method own, Method wanted) {
        assertEquals(
                0.07,
                read(run(own, "lr-img", "0.07"), method(wanted)).matching().lrImg());
    }

    @Test
    void theRateOfARunIsOfItsMethodWithItsScaleAndPixels() {
        Layer dm = run(Method.DM, "lr-img", "10", "lr-img-scale", "size", "factor", "2");
        RunConfig idc = read(dm, method(Method.IDC));
        assertMoves(idc, "0.005", "size", "limited");
        assertEquals(2, idc.synthetic().factor());
        assertMoves(read(dm, method(Method.DSA)), "0.1", "none", "normalised");
        assertMoves(read(dm, method(Method.DM)), "10", "size", "normalised");
        Layer options = Layer.options(Map.of("method", "idc", "lr-img", "7"));
        assertMoves(read(dm, options), "7", "size", "limited");
    }

    @Test
    void theRateOfAFileThatNamesNoMethodStays() {
        Layer file = new Layer("my.yaml", Map.of("lr-img", "2"));
        assertEquals(2, read(file, method(Method.DM)).matching().lrImg());
        assertEquals(List.of(), notes);
    }

    @Test
    void whatNobodysMethodKnowsIsRefusedStill() {
        Layer file = new Layer("my.yaml", Map.of("pool-images", "7"));
        assertEquals(
                "my.yaml: pool-images: 7 is not known to --method idc; leave it out (auto)",
                assertThrows(ConfigException.class, () -> read(file, method(Method.IDC)))
                        .getMessage());
        assertThrows(
                ConfigException.class,
                () -> read(new Layer("my.yaml", Map.of("method", "dc", "lr-img", "x")), method(Method.DM)));
    }

    @Test
    void whatIsForTheMethodOfARunIsNotRemarked() {
        for (String preset : Presets.names()) {
            read(Presets.layer(preset));
        }
        read(run(Method.DM), method(Method.DM));
        assertTrue(notes.isEmpty(), notes::toString);
    }

    @Test
    void aRunGoesOnByWhatItWasBegunWith() {
        Layer[] given = {Presets.layer("best-cpu"), run(Method.DSA, "ipc", "10"), Layer.options(Map.of("method", "idc"))
        };
        RunConfig now = read(given[0], given[2]);
        Layer begun = new Layer("config.yaml", Settings.texts(now));
        assertEquals(now, RunConfig.goingOn(begun, List.of(given[0], given[2]), Path.of("run")));
        // As it was read before presets and files of other methods were told from others.
        RunConfig old = ConfigReader.merged(List.of(run(Method.DC), Layer.options(Map.of("method", "dsa"))));
        Layer config = new Layer("config.yaml", Settings.texts(old));
        assertEquals("none", old.matching().augmentMatch().toString());
        assertEquals(old, RunConfig.goingOn(config, List.of(run(Method.DC), method(Method.DSA)), Path.of("run")));
        assertEquals(
                "--method dc: differs from idc, with which run was begun",
                assertThrows(
                                ConfigException.class,
                                () -> RunConfig.goingOn(run(Method.IDC), List.of(method(Method.DC)), Path.of("run")))
                        .getMessage());
    }
}
