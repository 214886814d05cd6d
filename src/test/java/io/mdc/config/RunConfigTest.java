package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.SyntheticConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunConfigTest {
    @ParameterizedTest
    @CsvSource({"1,128", "10,128", "31,128", "32,256", "50,256"})
    void automaticBatchDependsOnImagesPerClass(int ipc, int batch) {
        assertEquals(batch, config().matching().batchSynMax(ipc));
    }

    @Test
    void givenBatchIsKept() {
        assertEquals(40, config("batch-syn-max", "40").matching().batchSynMax(50));
    }

    @ParameterizedTest
    @CsvSource({
        "10,32,0.005",
        "1,32,0.0005",
        "50,32,0.025",
        "10,64,0.02",
        "10,224,0.005",
        "20,112,0.1225",
        "10,128,0.0016326530612244896"
    })
    void imageLearningRateGrowsWithImagesPerClassAndArea(int ipc, int size, double rate) {
        assertEquals(rate, config().matching().imageLearningRate(ipc, size), 1e-15);
    }

    @Test
    void lengthsAreProducts() {
        assertEquals(40, config("ipc", "10", "factor", "2").synthetic().decodedPerClass());
        assertEquals(
                1_000_000_000_000L,
                config("outer", "1000000", "inner", "1000000").loop().steps());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,32", "3,32", "5,32", "16,32", "2,4", "4,11"})
    void factorFitsIfEveryTileShowsSomeOfTheImage(int factor, int size) {
        SyntheticConfig synthetic = config("factor", "" + factor).synthetic();
        assertDoesNotThrow(() -> synthetic.requireFits(size));
    }

    @ParameterizedTest
    @CsvSource({"6,10,5", "16,28,14", "3,4,2", "2,2,1"})
    void factorThatDoesNotFitNamesTheNextSmaller(int factor, int size, int next) {
        SyntheticConfig synthetic = config("factor", "" + factor).synthetic();
        ConfigException e = assertThrows(ConfigException.class, () -> synthetic.requireFits(size));
        assertEquals(
                "--factor %d: does not fit images of %dx%d pixels; the next smaller that does is %d"
                        .formatted(factor, size, size, next),
                e.getMessage());
    }

    @Test
    void depthIsLimitedByTheImageSize() {
        assertDoesNotThrow(() -> config("depth", "5").requireFits(32, 3));
        ConfigException e =
                assertThrows(ConfigException.class, () -> config("depth", "6").requireFits(32, 3));
        assertEquals("--depth 6: must be at most 5 for images of 32x32 pixels", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"augment-match,mdc", "augment-train,mdc", "augment-expert,mtt", "augment-eval,mdc", "augment-order,mdc"
    })
    void coloursOfImageNetAreForThreeChannels(String key, String method) {
        RunConfig config = config("method", method, key, "crop,flip|lighting");
        assertDoesNotThrow(() -> config.requireFits(32, 3));
        ConfigException e = assertThrows(ConfigException.class, () -> config.requireFits(32, 1));
        assertEquals(
                "--%s crop,flip|lighting: color-jitter and lighting are for images of 3 channels, these have 1;"
                                .formatted(key)
                        + " leave them out",
                e.getMessage());
    }

    @Test
    void periodBeyondTheRunIsRemarkedForMdcOnly() {
        assertEquals(List.of(), config("outer", "101", "period", "100").notes());
        assertEquals(
                List.of(),
                config("outer", "99", "period", "100", "method", "idc").notes());
        assertEquals(
                List.of("--period 100: with --outer 100 the second choice comes too late, so the subset never grows"
                        + " beyond its first choice"),
                config("outer", "100", "period", "100").notes());
    }

    @ParameterizedTest
    @CsvSource({
        "2,1,10,adaptive,the subset never grows beyond its first choice",
        "3,1,10,adaptive,''",
        "3,2,10,adaptive,''",
        "2,1,10,all,rates of change never become weights",
        "1,1,10,all,rates of change never become weights",
        "3,1,10,all,''",
        "1,1,10,adaptive,there is no subset loss",
        "1,100,2,adaptive,there is no subset loss",
        "2,1,2,adaptive,''",
        "0,100,10,adaptive,''",
        "0,100,10,all,''"
    })
    void aChoiceThatIsNeverUsedIsRemarked(String outer, String period, String ipc, String subset, String remark) {
        List<String> notes = config(
                        "outer", outer, "period", period, "ipc", ipc, "subset", subset, "subset-weights", "rate")
                .notes();
        assertEquals(remark.isEmpty() ? 0 : 1, notes.size(), notes.toString());
        assertTrue(notes.toString().contains(remark), notes.toString());
    }

    @Test
    void ratesThatCannotBecomeWeightsAreRemarked() {
        assertEquals(
                List.of(),
                config("outer", "99", "period", "100", "subset", "all").notes());
        assertEquals(
                List.of(),
                config("outer", "101", "period", "100", "subset", "all", "subset-weights", "rate")
                        .notes());
        assertEquals(
                List.of("--period 100: with --outer 100 the second choice comes too late, so rates of change never"
                        + " become weights, which stay uniform"),
                config("outer", "100", "period", "100", "subset", "all", "subset-weights", "rate")
                        .notes());
        assertEquals(
                List.of("--ipc 1: has no smaller subset, so there is no subset loss"),
                config("ipc", "1", "subset", "all").notes());
    }

    @Test
    void singleImagePerClassIsRemarked() {
        assertEquals(
                List.of("--ipc 1: has no smaller subset, so there is no subset loss"),
                config("ipc", "1").notes());
    }

    @Test
    void wholeImagesThatAreCutAreRemarked() {
        assertEquals(List.of(), config("init", "random", "factor", "1").notes());
        assertEquals(
                List.of("--init random: with --factor 2 training images are enlarged parts of whole real images; mix"
                        + " begins with as many smaller ones"),
                config("init", "random", "factor", "2").notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "match~conv-bias,norm~--match conv-bias,norm: must name conv or classifier, as --distance weight-cosine"
                        + " does not look at biases and scales",
                "start-index~1~--start-index 1: must be 0 with --init noise, which begins with no real images, so that"
                        + " all begin alike"
            })
    void whatCannotDoAnythingIsRefusedWhereWorkBegins(String key, String value, String message) {
        byte[] pixels = new byte[2 * 3 * 8 * 8];
        ImageSet images = new ImageSet(pixels, new int[] {0, 1}, 2, 3, 8, 8);
        Dataset real = new Dataset("pets", List.of("cat", "dog"), images, images, Normalization.identity(3), List.of());
        RunConfig config = config("method", "dc", key, value);
        assertEquals(
                message,
                assertThrows(ConfigException.class, () -> config.requireEnough(real))
                        .getMessage());
        assertDoesNotThrow(() -> config("method", "dc", "match", "norm,classifier", "batch-real", "1")
                .requireEnough(real));
    }

    @Test
    void imagesThatAStepOfFeaturesDoesNotSeeAreRemarked() {
        String[] dance = {"method", "dance", "factor", "4", "subset", "none"};
        assertEquals(
                List.of("--batch-syn-max auto: a step sees 128 of 160 training images of a class; --batch-syn-max 160"
                        + " takes all"),
                config(dance).notes());
        assertEquals(
                List.of("--batch-syn-max 30: a step sees 30 of 40 training images of a class; --batch-syn-max 40 takes"
                        + " all"),
                config("method", "dm", "factor", "2", "batch-syn-max", "30").notes());
        for (String[] others : new String[][] {
            {"method", "dance", "factor", "4", "batch-syn-max", "160"},
            {"method", "dance", "factor", "4", "decode", "bound"},
            {"method", "idc", "factor", "4"}
        }) {
            assertEquals(List.of(), config(others).notes());
        }
        assertEquals(
                List.of("--batch-syn-max auto: a step sees 256 of 800 training images of a class; --batch-syn-max 800"
                        + " takes all"),
                ConfigReader.read(Presets.layer("best-cpu"), Layer.options(Map.of("ipc", "50")))
                        .notes());
    }

    @Test
    void aMethodWithoutWhatItIsKnownForIsRemarked() {
        assertEquals(
                List.of("--method mdc --subset none: is what --method idc does"),
                config("subset", "none").notes());
        assertEquals(List.of(), config("method", "idc", "subset", "adaptive").notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "dm~--batch-train 8: has no part in --method dm,--n-data 500: has no part in --method dm",
                "mtt~--batch-train 8: has no part in --method mtt,--n-data 500: has no part in --method mtt",
                "dsa~--batch-train 8: has no part in --method dsa,--n-data 500: has no part in --method dsa",
                "dance~--n-data 500: has no part in --method dance",
                "idc~''",
                "dream~''"
            })
    void givenSettingsThatAMethodHasNoUseForAreRemarked(String method, String notes) {
        RunConfig config = config("method", method, "n-data", "500", "batch-train", "8");
        assertEquals(
                notes,
                String.join(
                        ",",
                        config.notesOnIdle(Set.of("n-data", "batch-train", "method")).stream()
                                .sorted()
                                .toList()));
        assertEquals(List.of(), config.notesOnIdle(Set.of("method")), "those of a file may serve other methods");
        assertEquals(List.of(), config("method", method, "n-data", "2000").notesOnIdle(Set.of("n-data")));
        assertFalse(config("method", method, "batch-train", "8", "subset", "adaptive", "metric", "accuracy")
                .notesOnIdle(Set.of("batch-train"))
                .toString()
                .contains("batch-train"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "method idc metric gradient selection distance freezing none class-wise true subset-weights inverse"
                        + " subset-scale 3 accuracy-epochs 7~metric selection freezing class-wise subset-weights"
                        + " subset-scale accuracy-epochs~--method idc",
                "method mdc subset none freezing none~freezing~--subset none",
                "ipc 1 freezing none accuracy-width 7~freezing accuracy-width~--ipc 1",
                "subset adaptive subset-weights inverse period 7 subset-scale 3~subset-weights~--subset adaptive",
                "subset all selection distance freezing none subset-scale 3~selection freezing~--subset all",
                "subset all subset-weights inverse metric accuracy class-wise true accuracy-images 7~metric class-wise"
                        + " accuracy-images~--subset-weights inverse",
                "subset all subset-weights rate metric gradient class-wise true~''~''",
                "metric gradient accuracy-width 7~accuracy-width~--metric gradient",
                "metric accuracy accuracy-width 7 accuracy-images 9 accuracy-epochs 7~''~''",
                "method idc choose-from 50~choose-from~--init mix",
                "method dsa init random choose-from 50~choose-from~--init random",
                "method idc init herding choose-from 50~''~''",
                "method dream init mix choose-from 50~''~''",
                "method dm cutmix-train 1 augment-train none~cutmix-train augment-train~--method dm",
                "method dc cutmix-train 1 augment-train none~cutmix-train augment-train~--method dc",
                "method dance cutmix-train 1 augment-train none~''~''",
                "method idc cutmix-train 1 augment-train none batch-real 7 batch-syn-max 3~''~''",
                "method dm subset adaptive metric accuracy cutmix-train 1 augment-train none~''~''",
                "method mtt batch-real 7 batch-syn-max 3~batch-real batch-syn-max~--method mtt",
                "method mtt subset adaptive batch-real 7 batch-syn-max 3~''~''",
                "method mtt subset adaptive metric accuracy batch-real 7~batch-real~--method mtt"
            })
    void givenSettingsWithoutEffectAreRemarkedWithWhatHasNoUseForThem(String settings, String idle, String by) {
        List<String> words = List.of(settings.split(" "));
        RunConfig config = config(words.toArray(String[]::new));
        assertEquals(
                Stream.of(idle.split(" "))
                        .filter(key -> !key.isEmpty())
                        .map(key -> "--" + key + " " + words.get(words.indexOf(key) + 1) + ": has no part in " + by)
                        .sorted()
                        .toList(),
                config.notesOnIdle(Set.copyOf(words)).stream().sorted().toList());
    }

    @Test
    void mirroredDigitsAreRemarked() {
        assertEquals(
                List.of(
                        "--augment-eval color,flip,crop|scale|rotate: mirrors digits; the paper leaves flip out for svhn"
                                + " (color,crop|scale|rotate)"),
                config("dataset", "svhn", "method", "idc").notes());
        assertEquals(
                List.of(),
                config("dataset", "svhn", "method", "idc", "augment-eval", "color,crop|scale|rotate")
                        .notes());
    }

    @Test
    void anotherDistanceThanThePapersForImageNetIsRemarked() {
        assertEquals(
                List.of(
                        "--distance mse: the authors of the paper have l1 for imagenet10 where there is no subset loss"),
                config("dataset", "imagenet10", "method", "idc").notes());
        assertEquals(
                List.of(),
                config("dataset", "imagenet10", "method", "idc", "distance", "l1")
                        .notes());
        assertEquals(List.of(), config("dataset", "imagenet10").notes());
        assertEquals(List.of(), config("dataset", "imagenet10", "method", "dm").notes());
    }

    @Test
    void anOrderDoesNotShapeTheImages() {
        assertEquals(
                config().shaping(),
                config("epochs-order", "50", "seed-order", "3").shaping());
    }

    @Test
    void threadsDefaultToTheCores() {
        assertEquals(
                Runtime.getRuntime().availableProcessors(), config().compute().threadsOrCores());
        assertEquals(3, config("threads", "3").compute().threadsOrCores());
    }

    @Test
    void recordsCheckThemselvesHoweverTheyAreMade() {
        assertEquals(
                "--width 0: must be auto or a whole number from 1 to 1024",
                assertThrows(
                                ConfigException.class,
                                () -> new NetworkConfig(NetworkChoice.parse("convnet"), 3, OptionalInt.of(0)))
                        .getMessage());
        assertEquals(
                "--init null: must be given",
                assertThrows(ConfigException.class, () -> new SyntheticConfig(1, 1, Decoding.FULL, null, 0))
                        .getMessage());
    }

    private static RunConfig config(String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ConfigReader.read(Layer.options(options));
    }
}
