package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.augment.Augmentations;
import io.mdc.backend.BackendKind;
import io.mdc.backend.ComputeConfig;
import io.mdc.backend.ConvolutionKind;
import io.mdc.backend.GpuPrecision;
import io.mdc.dataset.DataConfig;
import io.mdc.dataset.DatasetName;
import io.mdc.engine.TrainingConfig;
import io.mdc.engine.step.ParameterKind;
import io.mdc.evaluate.Epochs;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.Sizes;
import io.mdc.matching.Distance;
import io.mdc.matching.MatchingConfig;
import io.mdc.matching.PixelSpace;
import io.mdc.matching.RateScale;
import io.mdc.method.Method;
import io.mdc.method.MethodConfig;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.pretrained.ExpertsConfig;
import io.mdc.pretrained.PoolConfig;
import io.mdc.robust.RobustConfig;
import io.mdc.setting.SettingInfo;
import io.mdc.setting.Settings;
import io.mdc.subset.Freezing;
import io.mdc.subset.Metric;
import io.mdc.subset.Selection;
import io.mdc.subset.SubsetConfig;
import io.mdc.subset.SubsetWeights;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.Init;
import io.mdc.synthetic.SyntheticConfig;
import io.mdc.task.AccuracyConfig;
import io.mdc.task.LoopConfig;
import io.mdc.task.StudentConfig;
import io.mdc.task.SubsetLoss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes with the program: defaults, and presets on top of them. */
class PresetsTest {
    @Test
    void defaultsHoldEverySettingAndNothingElse() {
        List<String> keys =
                Settings.of(RunConfig.class).stream().map(SettingInfo::key).toList();
        assertEquals(
                new HashSet<>(keys), Presets.layer(Presets.DEFAULTS).values().keySet());
    }

    @Test
    void keysAreUnique() {
        List<String> keys =
                Settings.of(RunConfig.class).stream().map(SettingInfo::key).toList();
        assertEquals(keys.size(), new HashSet<>(keys).size());
    }

    @Test
    void defaultsAreThePapersSettingForTenImagesPerClass() {
        RunConfig config = ConfigReader.read();
        assertEquals(
                new DataConfig(new DatasetName("shapes"), Optional.empty(), OptionalInt.empty(), "", 0, false),
                config.data());
        assertEquals(new SyntheticConfig(10, 2, Decoding.FULL, Init.AUTO, 0), config.synthetic());
        assertEquals(new NetworkConfig(NetworkChoice.parse("convnet"), 3, OptionalInt.empty()), config.network());
        assertEquals(new LoopConfig(2000, 100, 0, 2000, 64), config.loop());
        assertEquals(
                new MatchingConfig(
                        64,
                        OptionalInt.empty(),
                        0.005,
                        RateScale.SIZE,
                        PixelSpace.LIMITED,
                        0.5,
                        Distance.MSE,
                        List.of(ParameterKind.CONV),
                        Augmentations.parse("color,crop,cutout"),
                        1),
                config.matching());
        assertEquals(new MethodConfig(Method.MDC, SubsetLoss.AUTO), config.method());
        assertEquals(
                new SubsetConfig(
                        Metric.FEATURE, Selection.RATE, Freezing.PREDECESSOR, 100, false, SubsetWeights.UNIFORM, 1),
                config.subset());
        assertEquals(new AccuracyConfig(32, 100, 1000), config.accuracy());
        assertEquals(new PoolConfig(5, OptionalInt.empty()), config.pool());
        assertEquals(new TrainingConfig(0.01, 0.9, 5e-4, Augmentations.parse("color,crop"), 0.5), config.training());
        assertEquals(
                new ExpertsConfig(
                        100,
                        OptionalInt.empty(),
                        256,
                        0.01,
                        Augmentations.parse("color|crop|cutout|flip|scale|rotate"),
                        0),
                config.experts());
        assertEquals(new StudentConfig(30, 256, 0.01, 1e-5, 15, 2), config.student());
        assertEquals(
                new EvaluationConfig(
                        false,
                        0,
                        Sizes.parse("all"),
                        List.of(),
                        false,
                        Epochs.parse("1000"),
                        3,
                        64,
                        Augmentations.parse("color,flip,crop|scale|rotate"),
                        0.5),
                config.evaluation());
        assertEquals(new RobustConfig(5, 100), config.robust());
        assertEquals(
                new ComputeConfig(
                        BackendKind.AUTO,
                        ConvolutionKind.AUTO,
                        GpuPrecision.FP32,
                        OptionalInt.empty(),
                        OptionalInt.empty()),
                config.compute());
        assertEquals(0, config.seed());
    }

    @Test
    void presetsCanAllBeRead() {
        List<String> expected = new ArrayList<>(List.of(
                "best-cpu", "best-gpu", "defaults", "dream-cifar10-ipc10", "dream-cifar10-ipc50", "quickstart"));
        for (String row : List.of(
                "cifar10-ipc10",
                "mtt-cifar10-ipc10",
                "cifar10-ipc50",
                "cifar100-ipc10",
                "cifar100-ipc50",
                "svhn-ipc10",
                "svhn-ipc50",
                "imagenet10-ipc20",
                "dc-cifar10-ipc10",
                "dsa-cifar10-ipc10",
                "dc-cifar10-ipc50",
                "dsa-cifar10-ipc50",
                "dm-cifar10-ipc10",
                "dance-cifar10-ipc10")) {
            expected.addAll(List.of(row, row + "-cpu"));
        }
        assertEquals(expected.stream().sorted().toList(), Presets.names());
        for (String name : Presets.names()) {
            assertTrue(ConfigReader.read(Presets.layer(name)).synthetic().ipc() > 0, name);
        }
    }

    /** A network has as many steps as a class has images. */
    @ParameterizedTest
    @ValueSource(strings = {"dc", "dsa"})
    void methodsThatTrainOnTheirImagesHaveTheStepsThatWerePublished(String method) {
        for (int ipc : new int[] {10, 50}) {
            for (String scale : new String[] {"", "-cpu"}) {
                RunConfig config = ConfigReader.read(Presets.layer(method + "-cifar10-ipc" + ipc + scale));
                assertEquals(ipc, config.synthetic().ipc());
                assertEquals(ipc, config.loop().inner());
            }
        }
    }

    /** Paper Sec. 4.1 and App. B.1, and its authors' code. */
    @Test
    void presetsAreTheRowsOfThePaper() {
        for (String dataset : List.of("cifar10", "cifar100", "svhn")) {
            for (int ipc : new int[] {10, 50}) {
                RunConfig config = ConfigReader.read(Presets.layer(dataset + "-ipc" + ipc));
                assertEquals(dataset, config.data().dataset().name());
                assertEquals(ipc, config.synthetic().ipc());
                assertEquals(2, config.synthetic().factor());
                assertEquals(new LoopConfig(2000, 100, 0, dataset.equals("svhn") ? 500 : 2000, 64), config.loop());
                assertEquals(100, config.subset().period());
                assertEquals(0.005, config.matching().lrImg());
                assertEquals(Distance.MSE, config.matching().distance());
                assertEquals(ipc == 10 ? 128 : 256, config.matching().batchSynMax(ipc));
                assertEquals(
                        !dataset.equals("svhn"),
                        config.evaluation().augmentEval().toString().contains("flip"));
            }
        }
        RunConfig config = ConfigReader.read(Presets.layer("imagenet10-ipc20"));
        assertEquals(new SyntheticConfig(20, 3, Decoding.BOUND, Init.AUTO, 0), config.synthetic());
        assertEquals(new LoopConfig(500, 100, 10, 500, 64), config.loop());
        assertEquals("resnet10-ap", config.network().network().toString());
        assertEquals(50, config.subset().period());
        assertEquals(0.003, config.matching().lrImg());
        assertEquals(256, config.matching().batchSynMax(20));
        assertEquals(1, config.training().cutmixTrain());
        assertEquals(1, config.evaluation().cutmixEval());
        assertEquals(1000, config.evaluation().epochs().of(9));
        assertEquals(1000, config.evaluation().epochs().of(20 * 9));
    }
}
