package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.augment.TransformKind;
import io.mdc.dataset.Datasets;
import io.mdc.engine.step.ParameterKind;
import io.mdc.network.Architecture;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.task.SubsetLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    private Path folder;

    @Test
    void laterLayersOverrideEarlierOnes() throws IOException {
        Path file = write("ipc: 7", "width: 8");
        RunConfig config = ConfigReader.read(
                Presets.layer("cifar10-ipc50"), Layer.file(file), Layer.options(Map.of("width", "16")));
        assertEquals("cifar10", config.data().dataset().name());
        assertEquals(7, config.synthetic().ipc());
        assertEquals(OptionalInt.of(16), config.network().width());
    }

    @Test
    void writtenConfigurationIsReadBackEqual() throws IOException {
        RunConfig config = ConfigReader.read(Layer.options(Map.ofEntries(
                Map.entry("classes", "010"),
                Map.entry("data-dir", "/data/a: b #c/'d'/\"e\"/true"),
                Map.entry("match", "norm,conv-bias"),
                Map.entry("augment-eval", "none"),
                Map.entry("augment-train", "crop|flip"),
                Map.entry("net-decay", "1.2345678901234567e-9"),
                Map.entry("sizes", "10,1-3,5"),
                Map.entry("class-wise", "true"),
                Map.entry("threads", "2"),
                Map.entry("freezing", "none"),
                Map.entry("seed", "-9223372036854775808"))));
        Path file = Files.writeString(folder.resolve("config.yaml"), config.toYaml());
        assertEquals(config, ConfigReader.read(Layer.file(file)));
        assertEquals(config.toYaml(), ConfigReader.read(Layer.file(file)).toYaml());
    }

    @Test
    void writtenConfigurationKeepsTheOrderOfTheRecords() {
        List<String> keys =
                Settings.of(RunConfig.class).stream().map(SettingInfo::key).toList();
        List<String> written = ConfigReader.read()
                .toYaml()
                .lines()
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
        assertEquals(keys, written);
    }

    @Test
    void helpNamesWhatTheTypeOfASettingTakes() {
        assertEquals(String.join(", ", Datasets.names()), allowed("dataset"));
        assertEquals("any of conv, conv-bias, norm, classifier", allowed("match"));
        for (String key : List.of("augment-match", "augment-train", "augment-eval")) {
            TextForm.names(TransformKind.class)
                    .forEach(kind -> assertTrue(allowed(key).contains(kind), kind));
        }
        for (Architecture architecture : Architecture.values()) {
            assertTrue(allowed("network").contains(TextForm.kebab(architecture) + ", "), architecture.name());
            assertTrue(setting("width").description().contains(" " + architecture.width()), architecture.name());
        }
    }

    private static String allowed(String key) {
        return setting(key).allowed();
    }

    private static SettingInfo setting(String key) {
        return Settings.of(RunConfig.class).stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listsMayBeYamlLists() throws IOException {
        RunConfig config = ConfigReader.read(Layer.file(write("sizes: [1, 2-4, 10]", "match:", "- conv", "- norm")));
        assertEquals(List.of(1, 2, 3, 4, 10), config.evaluation().sizes().resolve(10));
        assertEquals(
                List.of(ParameterKind.CONV, ParameterKind.NORM),
                config.matching().match());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "ipc~ 0~ --ipc 0: must be a whole number from 1 to 10000",
                "ipc~ 1.5~ --ipc 1.5: must be a whole number from 1 to 10000",
                "ipc~ many~ --ipc many: must be a whole number from 1 to 10000",
                "ipc~ ``~ --ipc '': must be a whole number from 1 to 10000",
                "lr-img~ NaN~ --lr-img NaN: must be a number from 0 to 1000",
                "net-momentum~ 1~ --net-momentum 1: must be a number from 0 to 0.999",
                "threads~ 0~ --threads 0: must be auto or a whole number from 1 to 1024",
                "seed~ x~ --seed x: must be a whole number",
                "class-wise~ yes~ --class-wise yes: must be true or false",
                "init~ mixed~ --init mixed: must be one of auto, mix, random, noise, kmeans, herding, k-center",
                "match~ conv,bias~ --match conv,bias: must be one of conv, conv-bias, norm, classifier",
                "match~ ``~ --match '': must name at least one of conv, conv-bias, norm, classifier",
                "dataset~ ``~ --dataset '': must be one of shapes, cifar10, cifar100, svhn, imagenet10, folder, npz, idx",
                "sizes~ 0-3~ --sizes 0-3: must be all, or sizes from 1 to 10000 and ranges, like 1-3,5,10",
                "sizes~ 11~ --sizes 11: must not be larger than the images per class, which are 10",
                "augment-eval~ color,zoom~ --augment-eval color,zoom: must be none, or a list of color, crop, cutout,"
                        + " flip, scale, rotate, random-resized-crop, color-jitter, lighting; of those joined by | one is"
                        + " drawn per batch",
                "ipcc~ 3~ there is no setting ipcc; did you mean ipc?",
                "batchreal~ 3~ there is no setting batchreal; did you mean batch-real?",
                "nonsense~ 3~ there is no setting nonsense"
            })
    void wrongValueNamesOptionValueAndWhatIsAllowed(String key, String value, String message) {
        Layer options = Layer.options(Map.of(key, value));
        assertEquals(
                message,
                assertThrows(ConfigException.class, () -> ConfigReader.read(options))
                        .getMessage());
    }

    @Test
    void wrongValueInAFileNamesTheFile() throws IOException {
        Path file = write("ipc: 0");
        assertMessage(file + ": ipc: 0 must be a whole number from 1 to 10000", file);
    }

    @Test
    void valueOfAnOptionIsNotBlamedOnTheFile() throws IOException {
        Path file = write("ipc: 5");
        ConfigException e = assertThrows(
                ConfigException.class, () -> ConfigReader.read(Layer.file(file), Layer.options(Map.of("ipc", "0"))));
        assertEquals("--ipc 0: must be a whole number from 1 to 10000", e.getMessage());
        assertEquals(Optional.of("ipc"), e.key());
    }

    @Test
    void unknownKeyInAFileNamesTheFileAndTheNearestKey() throws IOException {
        Path file = write("n_data: 5");
        assertMessage(file + ": there is no setting n_data; did you mean n-data?", file);
    }

    @Test
    void fileThatIsNotAFlatMappingNamesTheLine() throws IOException {
        Path nested = write("ipc: 5", "loop:", "  outer: 3");
        assertMessage(nested + ": line 3: loop must be a single value or a list of them", nested);
        Path deepList = write("sizes: [[1]]");
        assertMessage(deepList + ": line 1: sizes must be a single value or a list of them", deepList);
        Path twice = write("ipc: 5", "ipc: 6");
        assertMessage(twice + ": line 2: ipc is given twice", twice);
        Path list = write("- ipc");
        assertMessage(list + ": line 1: must be lines of the form key: value", list);
    }

    @Test
    void fileOfMoreThanSettingsIsRefusedUnread() throws IOException {
        Path file = write("lr-img: " + "9".repeat(20_000_000));
        assertTimeout(
                Duration.ofSeconds(2),
                () -> assertMessage(file + ": more than 1048576 bytes, which are no settings", file));
    }

    @Test
    void fileThatIsNotYamlNamesTheLine() throws IOException {
        Path file = write("ipc: 5", "width: [1, 2");
        ConfigException e = assertThrows(ConfigException.class, () -> Layer.file(file));
        assertTrue(e.getMessage().startsWith(file + ": line "), e.getMessage());
        assertTrue(e.getMessage().contains(": not YAML: "), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void emptyFileChangesNothing() throws IOException {
        assertEquals(ConfigReader.read(), ConfigReader.read(Layer.file(write("# nothing"))));
    }

    @Test
    void missingFileAndPresetAreNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertMessage(missing + ": no such file", missing);
        assertEquals(
                "--preset quick: must be one of " + String.join(", ", Presets.names()),
                assertThrows(ConfigException.class, () -> Presets.layer("quick"))
                        .getMessage());
    }

    private Path write(String... lines) throws IOException {
        return Files.write(Files.createTempFile(folder, "my", ".yaml"), List.of(lines));
    }

    private static void assertMessage(String message, Path file) {
        ConfigException e = assertThrows(ConfigException.class, () -> ConfigReader.read(Layer.file(file)));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"mdc,true", "idc,false"})
    void filesFromBeforeTheSubsetLossWasASettingMeanWhatTheyMeant(String method, boolean adaptive) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>(Settings.texts(ConfigReader.read()));
        texts.remove("subset");
        texts.put("method", method);
        StringBuilder yaml = new StringBuilder();
        texts.forEach(
                (key, value) -> yaml.append(key).append(": \"").append(value).append("\"\n"));
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        RunConfig config = ConfigReader.read(Layer.file(file));
        assertEquals(SubsetLoss.AUTO, config.method().subset());
        assertEquals(adaptive, config.method().adaptive());
    }
}
