package io.mdc.reproduce.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.matching.Distance;
import io.mdc.reproduce.exhibit.Exhibit;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import io.mdc.subset.Metric;
import io.mdc.task.AccuracyConfig;
import io.mdc.task.SubsetLoss;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final Map<String, String> SOMEWHERE = Map.of("data-dir", "/somewhere");

    private static Setup setup(Scale scale, String... options) {
        Layer layer = Layer.options(
                options.length == 0 ? SOMEWHERE : Map.of("data-dir", "/somewhere", options[0], options[1]));
        return new Setup(scale, scale.seeds(), layer);
    }

    private static Plan plan(Exhibit exhibit, Setup setup) {
        return Plan.of(exhibit.content().needs(setup));
    }

    private static List<String> names(Plan plan) {
        return plan.cells().stream().map(cell -> cell.run().name()).toList();
    }

    @ParameterizedTest
    @EnumSource(Exhibit.class)
    void everyExhibitHasAPlanAtEveryScale(Exhibit exhibit) {
        for (Scale scale : Scale.values()) {
            List<Cell> cells = plan(exhibit, setup(scale)).cells();
            assertTrue(!cells.isEmpty(), scale + " " + exhibit);
            assertEquals(cells.size(), cells.stream().map(Cell::run).distinct().count(), "each run once");
        }
    }

    @Test
    void table1aNeedsARunForEverySizeOneForEveryStartAndTheMethod() {
        Plan plan = plan(Exhibit.TABLE_1A, setup(Scale.CPU, "dataset", "cifar10"));
        assertEquals(
                2 * (10 + 9 + 1), plan.condensed().size(), "sizes 1 to 10, nine more starts, and Ours; C is A's last");
        assertEquals(2, plan.joined().size());
        assertEquals(10, plan.joined().get(0).run().parts().size());
        assertEquals(2 * (9 + 1 + 1 + 1), plan.evaluated().size());
        Cell c = plan.cells().stream()
                .filter(cell -> cell.run().name().startsWith("cifar10_idc_ipc-10_seed-1_"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), c.sizes());
        assertEquals(
                OptionalInt.of(32),
                c.run().config().network().widthOf(c.networks().get(0)));
    }

    @Test
    void allBlocksAreMadeUnlessADataSetIsAskedFor() {
        assertEquals(
                Set.of("svhn", "cifar10", "cifar100"),
                names(plan(Exhibit.TABLE_1A, setup(Scale.PAPER))).stream()
                        .map(name -> name.replaceFirst("_.*", ""))
                        .collect(Collectors.toSet()));
        assertTrue(names(plan(Exhibit.TABLE_1A, setup(Scale.PAPER, "dataset", "svhn"))).stream()
                .allMatch(name -> name.startsWith("svhn_")));
        assertTrue(names(plan(Exhibit.TABLE_1C, setup(Scale.CPU, "dataset", "shapes"))).stream()
                .allMatch(name -> name.startsWith("shapes_")));
    }

    @ParameterizedTest
    @CsvSource({"shapes,0", "cifar10,0", "folder,64", "imagenet10,64"})
    void anotherDataSetHasImagesOfItsOwnSizeUnlessTheyHaveAny(String dataset, int size) {
        for (Cell cell :
                plan(Exhibit.TABLE_1C, setup(Scale.CPU, "dataset", dataset)).cells()) {
            assertEquals(
                    size == 0 ? OptionalInt.empty() : OptionalInt.of(size),
                    cell.run().config().data().size());
        }
    }

    @Test
    void methodsHaveTheirPresetForAsManyImages() {
        Map<String, Integer> inner = plan(Exhibit.TABLE_2B, setup(Scale.PAPER)).cells().stream()
                .map(cell -> cell.run().config())
                .collect(Collectors.toMap(
                        config -> config.method().method().toString().toLowerCase(Locale.ROOT),
                        config -> config.loop().inner()));
        assertEquals(50, inner.get("dc"));
        assertEquals(50, inner.get("dsa"));
        assertEquals(100, inner.get("idc"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Exhibit.class,
            names = {"TABLE_2A", "TABLE_2B"})
    void everyMethodIsEvaluatedByOneProtocol(Exhibit exhibit) {
        for (Scale scale : Scale.values()) {
            assertEquals(
                    1,
                    plan(exhibit, setup(scale)).cells().stream()
                            .map(cell -> cell.run().config().evaluating().shaping())
                            .peek(settings -> settings.remove("seed"))
                            .distinct()
                            .count(),
                    scale + " " + exhibit);
        }
    }

    @Test
    void anEvaluationIsOfTheDataAndTheMachineOfToday() {
        Plan plan = plan(Exhibit.TABLE_4, setup(Scale.CPU, "threads", "3"));
        for (Cell cell : plan.evaluated()) {
            RunConfig config = ConfigReader.read(cell.evaluation());
            assertEquals(cell.run().config().data(), config.data());
            assertEquals(OptionalInt.of(3), config.compute().threads());
            assertEquals(cell.networks(), config.evaluating().networks());
        }
    }

    @Test
    void tablesShareRunsAndOtherSettingsMakeOtherRuns() {
        Setup setup = setup(Scale.PAPER, "dataset", "cifar10");
        Set<String> first = new HashSet<>(names(plan(Exhibit.TABLE_1A, setup)));
        List<String> ablation = names(plan(Exhibit.TABLE_3, setup));
        assertEquals(4, ablation.size());
        assertEquals(2, ablation.stream().filter(first::contains).count(), "IDC and the whole method");
        assertTrue(names(plan(Exhibit.TABLE_1A, setup(Scale.CPU, "dataset", "cifar10"))).stream()
                .noneMatch(first::contains));
        assertTrue(names(plan(Exhibit.TABLE_4, setup)).containsAll(first));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 13})
    void sharesAreEvenAndAreTheWholeTogether(int shares) {
        Plan plan = plan(Exhibit.TABLE_1A, setup(Scale.CPU, "dataset", "cifar10"));
        Set<String> together = new HashSet<>();
        long[] work = new long[shares];
        int cells = 0;
        for (int i = 0; i < shares; i++) {
            Plan share = plan.share(new Share(i + 1, shares));
            together.addAll(names(share));
            cells += share.cells().size();
            work[i] = share.cells().stream().mapToLong(Cell::work).sum();
            for (Cell joined : share.joined()) {
                joined.run().parts().forEach(part -> assertTrue(names(share).contains(part.name())));
            }
        }
        assertEquals(new HashSet<>(names(plan)), together);
        assertEquals(plan.cells().size(), cells, "in one share each");
        long most = Arrays.stream(work).max().orElseThrow();
        long largest = plan.cells().stream().mapToLong(Cell::work).max().orElseThrow();
        long all = Arrays.stream(work).sum();
        assertTrue(most <= all / shares + 3 * largest, Arrays.toString(work));
        assertThrows(ConfigException.class, () -> plan.share(new Share(1, 1000)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Scale.class,
            names = {"CPU", "PAPER"})
    void smallSetsMoveAtTheRateOfTheLargestWhereRunsAreShort(Scale scale) {
        for (Cell cell :
                plan(Exhibit.TABLE_1A, setup(scale, "dataset", "cifar10")).cells()) {
            RunConfig config = cell.run().config();
            double perImage = config.matching().lrImg() * config.synthetic().ipc() / 10;
            assertEquals(
                    0.005,
                    scale == Scale.CPU ? perImage : config.matching().lrImg(),
                    1e-9,
                    cell.run().name());
            assertEquals(scale == Scale.CPU ? 32 : 2000, config.loop().outer());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Exhibit.class,
            names = {"TABLE_1A", "TABLE_3", "TABLE_8", "TABLE_2A", "FIGURE_2C", "TABLE_12"})
    void digitsAreNeverMirroredWhereNetworksAreMeasuredOnThem(Exhibit exhibit) {
        for (Scale scale : List.of(Scale.CPU, Scale.PAPER)) {
            for (Cell cell : plan(exhibit, setup(scale, "dataset", "svhn")).cells()) {
                assertEquals(
                        "color,crop|scale|rotate",
                        cell.run().config().evaluation().augmentEval().toString(),
                        cell.run().name());
            }
        }
    }

    @Test
    void methodsOfATableAreCondensedFromImagesOfOneSizeForAsLong() {
        for (String dataset : List.of("cifar100", "imagenet10")) {
            List<RunConfig> configs = plan(Exhibit.TABLE_2A, setup(Scale.CPU, "dataset", dataset)).cells().stream()
                    .map(cell -> cell.run().config())
                    .toList();
            assertEquals(
                    1,
                    configs.stream()
                            .map(config -> config.data().size())
                            .distinct()
                            .count());
            assertEquals(1, configs.stream().map(RunConfig::network).distinct().count());
        }
    }

    @Test
    void figure2cIsMadeOfTheRunsOfItsTableForEveryDataSetThatHasRows() {
        for (String dataset : List.of("cifar10", "svhn", "cifar100")) {
            Setup setup = setup(Scale.PAPER, "dataset", dataset);
            assertEquals(names(plan(Exhibit.TABLE_1A, setup)), names(plan(Exhibit.FIGURE_2C, setup)));
        }
    }

    @Test
    void baselinesOfImageNetHaveThePapersDistance() {
        for (Scale scale : List.of(Scale.CPU, Scale.PAPER)) {
            for (Cell cell : plan(Exhibit.TABLE_1C, setup(scale)).cells()) {
                RunConfig config = cell.run().config();
                assertEquals(
                        config.method().subsetLoss() == SubsetLoss.NONE ? Distance.L1 : Distance.MSE,
                        config.matching().distance(),
                        cell.run().name());
            }
        }
    }

    @Test
    void namesOfRunsStayWhatTheyWere() {
        Setup setup = setup(Scale.CPU, "dataset", "cifar10");
        List<String> names = names(plan(Exhibit.TABLE_1A, setup));
        for (String name : List.of(
                "cifar10_mdc_ipc-10_seed-1_e5c7da28",
                "cifar10_idc_ipc-10_seed-1_d8f21b4f",
                "cifar10_idc_ipc-10_seed-0_joined_962ee654")) {
            assertTrue(names.contains(name), name + " is not in " + names);
        }
        Setup builtIn = new Setup(Scale.SMOKE, 1, Layer.options(Map.of()));
        assertTrue(names(plan(Exhibit.TABLE_5, builtIn))
                .containsAll(List.of(
                        "shapes_mdc_ipc-10_seed-0_646e0840", "shapes_mdc_ipc-10_metric-accuracy_seed-0_69131000")));
    }

    @Test
    void runsOfTablesThatDifferInNothingTheyReadAreOne() {
        Setup setup = setup(Scale.PAPER, "dataset", "cifar10");
        Set<String> names = new HashSet<>();
        for (Exhibit exhibit : List.of(Exhibit.TABLE_1A, Exhibit.TABLE_1B, Exhibit.TABLE_9)) {
            names.addAll(names(plan(exhibit, setup)));
        }
        Set<String> withoutChecksum =
                names.stream().map(name -> name.replaceFirst("_[^_]*$", "")).collect(Collectors.toSet());
        assertEquals(withoutChecksum.size(), names.size(), names.toString());
    }

    @Test
    void theMetricAccuracyHasThePapersNetworks() {
        Map<Metric, AccuracyConfig> byMetric = plan(Exhibit.TABLE_5, setup(Scale.PAPER)).cells().stream()
                .map(cell -> cell.run().config())
                .collect(Collectors.toMap(config -> config.subset().metric(), RunConfig::accuracy));
        AccuracyConfig usual = ConfigReader.read().accuracy();
        assertEquals(new AccuracyConfig(128, 1000, usual.accuracyImages()), byMetric.get(Metric.ACCURACY));
        assertEquals(usual, byMetric.get(Metric.FEATURE));
    }

    @ParameterizedTest
    @EnumSource(Exhibit.class)
    void seedsAreAskedForWhereTheyMakeADifferenceOnly(Exhibit exhibit) {
        Setup one = new Setup(Scale.SMOKE, 1, Layer.options(Map.of()));
        Setup two = new Setup(Scale.SMOKE, 2, Layer.options(Map.of()));
        assertEquals(
                exhibit.content().hasOwnSeeds(),
                names(plan(exhibit, one)).equals(names(plan(exhibit, two))),
                exhibit.id());
    }

    @Test
    void coursesAreCutAsThePapersTablesAre() {
        Cell paper = plan(Exhibit.TABLE_10, setup(Scale.PAPER)).cells().get(0);
        assertEquals(2000, paper.run().config().loop().outer());
        assertEquals(100, paper.run().config().evaluation().evaluateEvery());
        Cell cpu = plan(Exhibit.TABLE_11, setup(Scale.CPU)).cells().get(0);
        assertEquals(20, cpu.run().config().loop().outer());
        assertEquals(32, cpu.run().config().loop().inner());
        assertEquals(1, cpu.run().config().evaluation().evaluateEvery());
        assertEquals(1, cpu.run().config().seed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"table1a", "Table 1a", "TABLE_1A", "tab1a", "table 1 (a)"})
    void exhibitsAreNamedAsPeopleWriteThem(String name) {
        assertEquals(Exhibit.TABLE_1A, Exhibit.parse(name));
        assertEquals(Exhibit.FIGURE_2C, Exhibit.parse("fig. 2c"));
    }
}
