package io.mdc.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.FamilyEstimate;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.config.Variation;
import io.mdc.engine.step.ParameterKind;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are to be condensed together, before they are. */
class FamilyTest {
    @TempDir
    private Path folder;

    @Test
    void runsThatCanShareThetaAreAGroup() {
        assertEquals(
                List.of(List.of("one", "mdc", "idc"), List.of("other-seed")),
                new Family(TinySettings.family())
                        .groups().stream().map(FamilyGroup::names).toList());
    }

    @Test
    void runsOfDataInDifferentPlacesAreNotTheSame() {
        Map<String, RunConfig> places = new LinkedHashMap<>();
        places.put("a", TinySettings.with("dataset", "folder", "data-dir", "a"));
        places.put("b", TinySettings.with("dataset", "folder", "data-dir", "b"));
        assertEquals(2, new Family(places).groups().size());
    }

    @Test
    void runsThatAreTheSameAreRefused() {
        Map<String, RunConfig> same = new LinkedHashMap<>();
        same.put("a", TinySettings.with("threads", "1"));
        same.put("b", TinySettings.with("threads", "2"));
        assertEquals(
                "--vary, --also: a and b are the same run; leave one out",
                assertThrows(ConfigException.class, () -> new Family(same)).getMessage());
    }

    @Test
    void anImpossibleCombinationIsNamed() {
        List<Map<String, String>> combinations = new ArrayList<>(List.of(Map.of("ipc", "1"), Map.of("ipc", "0")));
        String message = assertThrows(ConfigException.class, () -> Family.of(combinations, List.of(), note -> {}))
                .getMessage();
        assertTrue(message.startsWith("--vary, --also: ipc-0: "), message);
    }

    @Test
    void listsHaveNamesOfTheirOwn() {
        List<Map<String, String>> matched =
                Variation.combinations(Variation.parseAll("match=conv,[conv,classifier] augment-match=[color,crop]"));
        Family family = Family.of(matched, List.of(), note -> {});
        assertEquals(
                List.of("match-conv_augment-match-color+crop", "match-conv+classifier_augment-match-color+crop"),
                List.copyOf(family.members().keySet()));
        assertEquals(
                List.of(ParameterKind.CONV, ParameterKind.CLASSIFIER),
                family.members()
                        .get("match-conv+classifier_augment-match-color+crop")
                        .matching()
                        .match());
        List<Map<String, String>> twice = List.of(Map.of("match", "conv"), Map.of("match", "conv"));
        assertEquals(
                "--vary, --also: two runs would be called match-conv; name each once, and put a list in brackets, such"
                        + " as match=[conv,classifier]",
                assertThrows(ConfigException.class, () -> Family.of(twice, List.of(), note -> {}))
                        .getMessage());
    }

    @Test
    void everyRunMovesImagesAsItsMethodDoes() {
        List<String> notes = new ArrayList<>();
        Family family = Family.of(
                Variation.combinations(List.of(Variation.parse("method=dm,mdc,dance"))),
                List.of(Presets.layer("dm-cifar10-ipc10-cpu")),
                notes::add);
        assertEquals(
                Map.of("method-dm", 10.0, "method-mdc", 0.005, "method-dance", 0.1),
                family.members().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                member -> member.getValue().matching().lrImg())));
        String preset = "preset dm-cifar10-ipc10-cpu: is for --method dm; as published for --method ";
        assertEquals(List.of(preset + "mdc: lr-img 0.005", preset + "dance: lr-img 0.1"), notes);
    }

    @Test
    void ofTwoFamiliesThatAreMadeInOneDirectoryAtTheSameMomentOneIs() throws Exception {
        List<Family> families = List.of(
                new Family(Map.of("mdc", TinySettings.with("seed", "1"))),
                new Family(Map.of("mdc", TinySettings.with("seed", "2"))));
        ExecutorService threads = Executors.newFixedThreadPool(families.size());
        for (int round = 0; round < 20; round++) {
            Path place = folder.resolve("family-" + round);
            CyclicBarrier start = new CyclicBarrier(families.size());
            List<Family> made = Collections.synchronizedList(new ArrayList<>());
            List<Callable<Void>> makers = new ArrayList<>();
            for (Family family : families) {
                makers.add(() -> {
                    start.await();
                    try {
                        family.create(place);
                        made.add(family);
                    } catch (ConfigException | DataException e) {
                        assertTrue(
                                e.getMessage().contains("exists already") || e instanceof DataException, e.toString());
                    }
                    return null;
                });
            }
            for (Future<Void> maker : threads.invokeAll(makers)) {
                maker.get();
            }
            assertEquals(1, made.size());
            assertEquals(
                    made.get(0).members().get("mdc").absolute(),
                    Family.at(place).members().get("mdc").absolute());
        }
        threads.shutdown();
    }

    private static FamilyEstimate estimate() {
        return new Family(TinySettings.family())
                .estimate(EvaluationEstimator.onTheWay(), 0.01, Progress.silent())
                .condensing();
    }

    @Test
    void estimateSaysWhatRunsTakeTogetherAndAlone() {
        FamilyEstimate estimate = estimate();
        assertEquals(4, estimate.runs());
        assertEquals(2, estimate.groups());
        assertTrue(estimate.seconds() > 0, estimate.line());
        // Three of the runs train one network; on a loaded machine, once may measure the opposite.
        assertTrue(
                Stream.generate(FamilyTest::estimate).limit(5).anyMatch(tried -> tried.seconds() < tried.alone()),
                estimate.line());
        assertTrue(estimate.line().contains("(4 runs in 2 groups; one by one "), estimate.line());
    }

    private static RunConfig experts(int seed, long states) {
        return TinySettings.with(
                "method",
                "mtt",
                "experts",
                "10000",
                "seed-expert",
                Integer.toString(seed),
                "start-below",
                "1",
                "epochs-ahead",
                "1",
                "epochs-expert",
                Long.toString(states));
    }

    private static long bytes(RunConfig config) {
        FamilyGroup group = new FamilyGroup(Map.of("only", config));
        try (Compute compute = Compute.start(config.compute())) {
            FamilyGroup.Ready ready = group.prepare(compute, Progress.silent());
            return group.preparations(ready).values().iterator().next();
        }
    }

    @Test
    void roomForTheNetworksOfAllRunsIsThereBeforeAnyIsBegun() throws IOException {
        Path out = folder.resolve("family");
        long free = Files.getFileStore(Path.of("target")).getUsableSpace();
        long states = free * 6 / 10 / bytes(experts(1001, 1));
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("a", experts(1001, states));
        members.put("b", experts(1002, states));
        new Family(Map.of("a", members.get("a"))).check(out, EvaluationEstimator.onTheWay(), Progress.silent());
        Family both = new Family(members);
        String message = assertThrows(
                        DataException.class, () -> both.check(out, EvaluationEstimator.onTheWay(), Progress.silent()))
                .getMessage();
        assertTrue(message.startsWith("no room for networks: "), message);
        assertFalse(Files.exists(out));
    }
}
