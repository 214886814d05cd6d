package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.DivergedException;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.FamilyEstimate;
import io.mdc.condense.Condensation;
import io.mdc.condense.CondenseState;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.RunConfig;
import io.mdc.config.Variation;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Checkpoints;
import io.mdc.directory.JsonLines;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunState;
import io.mdc.directory.RunSummary;
import io.mdc.engine.step.ParameterKind;
import io.mdc.numpy.NumpyArray;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families on a few images against the same runs alone. */
class FamilyJobTest {
    @TempDir
    private Path folder;

    private static Map<String, RunConfig> members() {
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("one", TinySettings.with("ipc", "1", "start-index", "1"));
        members.put("mdc", TinySettings.with());
        members.put("idc", TinySettings.with("method", "idc"));
        members.put("other-seed", TinySettings.with("seed", "3"));
        return members;
    }

    private Path out() {
        return folder.resolve("family");
    }

    private static Stop stopAt(int asked) {
        AtomicInteger times = new AtomicInteger();
        return () -> times.incrementAndGet() == asked;
    }

    private Ending<FamilyJob.Result> condense(boolean resume, Stop stop) throws IOException {
        Family family = resume ? Family.at(out()) : new Family(members());
        return new FamilyJob(family, out(), resume).run(Progress.silent(), stop);
    }

    private void assertAllAsAlone() throws IOException {
        for (Map.Entry<String, RunConfig> member : members().entrySet()) {
            Path alone = folder.resolve("alone-" + member.getKey());
            new CondenseJob(member.getValue(), Optional.of(alone), false).run(Progress.silent(), () -> false);
            for (String file : List.of("synthetic.npz", "mls.jsonl", "config.yaml")) {
                assertEquals(
                        -1,
                        Files.mismatch(
                                alone.resolve(file),
                                out().resolve(member.getKey()).resolve(file)),
                        member.getKey() + " " + file);
            }
            Folders.delete(alone);
        }
    }

    @Test
    void runsThatCanShareThetaAreAGroup() {
        assertEquals(
                List.of(List.of("one", "mdc", "idc"), List.of("other-seed")),
                new Family(members()).groups().stream().map(FamilyGroup::names).toList());
    }

    @Test
    void everyRunHasTheBytesItHasAlone() throws IOException {
        FamilyJob.Result result = assertInstanceOf(
                FamilyJob.Result.class, ((Ending.Finished<FamilyJob.Result>) condense(false, () -> false)).result());
        assertEquals(4, result.finished().size());
        assertEquals(Map.of(), result.failed());
        assertAllAsAlone();
    }

    @Test
    void aRunHasTheSecondsOfItsOwnLoopsAndAnEqualShareOfTheRest() throws IOException {
        condense(false, () -> false);
        double[] shares = Stream.of("one", "mdc", "idc")
                .mapToDouble(name -> {
                    RunDirectory run = RunDirectory.open(out().resolve(name));
                    double loops = JsonLines.read(run.metrics(), LoopMetrics.class).stream()
                            .mapToDouble(LoopMetrics::seconds)
                            .sum();
                    return Manifest.read(run.manifest()).condenseSeconds() - loops;
                })
                .toArray();
        assertTrue(shares[0] > 0, Arrays.toString(shares));
        assertEquals(shares[0], shares[1], 1e-6);
        assertEquals(shares[0], shares[2], 1e-6);
    }

    @Test
    void aFamilyIsResumedAndSoIsAMemberAlone() throws IOException {
        assertInstanceOf(Ending.Interrupted.class, condense(false, stopAt(2)));
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(members().get("mdc"), Optional.of(alone.path()), true).run(Progress.silent(), () -> false);
        // Its directory was not made yet when the process was killed.
        Folders.delete(out().resolve("other-seed"));
        assertInstanceOf(Ending.Finished.class, condense(true, () -> false));
        assertAllAsAlone();
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

    @Test
    void membersWhoseCheckpointsAreGoneDoNotBeginAgainToBecomeLonger() throws IOException {
        condense(false, () -> false);
        Folders.delete(out().resolve("mdc/checkpoint"));
        String metrics = Files.readString(out().resolve("mdc/metrics.jsonl"));
        String family = Files.readString(out().resolve("family.json"));
        assertInstanceOf(Ending.Finished.class, condense(true, () -> false));
        Family longer = Family.at(out()).goingOn(List.of(Layer.options(Map.of("outer", "3"))), out());
        String message = assertThrows(DataException.class, () -> new FamilyJob(longer, out(), true)
                        .run(Progress.silent(), () -> false))
                .getMessage();
        assertTrue(message.startsWith(out().resolve("mdc") + ": --outer 3: the run is finished after 2 "), message);
        assertEquals(metrics, Files.readString(out().resolve("mdc/metrics.jsonl")));
        assertEquals(family, Files.readString(out().resolve("family.json")));
    }

    @Test
    void aMemberThatWentOnAloneStaysAsLongAsItIs() throws IOException {
        condense(false, () -> false);
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(TinySettings.with("outer", "4"), Optional.of(alone.path()), true)
                .run(Progress.silent(), () -> false);
        Family now = Family.at(out()).goingOn(List.of(), out());
        byte[] longer = Files.readAllBytes(alone.synthetic());
        assertInstanceOf(Ending.Finished.class, new FamilyJob(now, out(), true).run(Progress.silent(), () -> false));
        assertArrayEquals(longer, Files.readAllBytes(alone.synthetic()));
        assertEquals(4, Family.at(out()).members().get("mdc").loop().outer());
        assertEquals(2, Family.at(out()).members().get("idc").loop().outer());
        assertEquals(
                "--outer 3: is less than 4, with which " + alone.path() + " was begun",
                assertThrows(ConfigException.class, () -> Family.at(out())
                                .goingOn(List.of(Layer.options(Map.of("outer", "3"))), out()))
                        .getMessage());
    }

    @Test
    void aRunThatFailsInAGroupOfItsOwnLeavesTheOthersGoing() throws IOException {
        Map<String, RunConfig> some = new LinkedHashMap<>();
        some.put("bad", TinySettings.with("net-lr", "100", "net-decay", "1", "inner", "40"));
        some.put("good", TinySettings.with());
        new FamilyJob(new Family(some), out(), false).run(Progress.silent(), () -> false);
        FamilyJob.Result again = ((Ending.Finished<FamilyJob.Result>) condense(true, () -> false)).result();
        assertEquals(
                List.of("good"),
                again.finished().stream()
                        .map(run -> run.path().getFileName().toString())
                        .toList());
        assertEquals(1, again.failed().size());
        String reason = again.failed().values().iterator().next();
        assertTrue(reason.contains("--net-lr 100.0 may be too large"), reason);
        assertFalse(RunDirectory.open(out().resolve("bad")).isFinished());
        RunSummary seen = RunSummary.of(out().resolve("bad"));
        assertEquals(RunState.STOPPED, seen.state());
        assertEquals(2, seen.remarks().size(), "each once, however often it went on: " + seen.remarks());
        assertTrue(seen.remarks().get(0).startsWith("diverging in outer loop 1"), seen.toString());
        assertTrue(seen.remarks().get(1).startsWith("the matching loss is Infinity in outer loop 1"), seen.toString());
    }

    @Test
    void aRunThatFailsAloneSaysWhy() {
        RunConfig bad = TinySettings.with("net-lr", "100", "net-decay", "1", "inner", "40");
        CondenseJob job = new CondenseJob(bad, Optional.of(out()), false);
        assertTrue(assertThrows(DivergedException.class, () -> job.run(Progress.silent(), () -> false))
                .getMessage()
                .contains("--net-lr 100.0 may be too large"));
    }

    @Test
    void whatIsFinishedIsLeftAlone() throws IOException {
        assertInstanceOf(Ending.Interrupted.class, condense(false, stopAt(2)));
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(members().get("mdc"), Optional.of(alone.path()), true).run(Progress.silent(), () -> false);
        byte[] manifest = Files.readAllBytes(alone.manifest());
        assertInstanceOf(Ending.Interrupted.class, condense(true, stopAt(1)));
        assertArrayEquals(manifest, Files.readAllBytes(alone.manifest()));
        FamilyJob.Result result = ((Ending.Finished<FamilyJob.Result>) condense(true, () -> false)).result();
        assertEquals(
                List.copyOf(members().keySet()),
                result.finished().stream()
                        .map(run -> run.path().getFileName().toString())
                        .toList());
        assertArrayEquals(manifest, Files.readAllBytes(alone.manifest()));
    }

    @Test
    void runsOfDataInDifferentPlacesAreNotTheSame() {
        Map<String, RunConfig> places = new LinkedHashMap<>();
        places.put("a", TinySettings.with("dataset", "folder", "data-dir", "a"));
        places.put("b", TinySettings.with("dataset", "folder", "data-dir", "b"));
        assertEquals(2, new Family(places).groups().size());
    }

    @Test
    void whatItsRunsDifferInIsKeptFromThePresetTheyWereBegunWith() throws IOException {
        condense(false, stopAt(2));
        Map<String, RunConfig> begun = Family.at(out()).members();
        Layer preset = new Layer("preset", Map.of("seed", "77", "repeats", "4"));
        Map<String, RunConfig> now =
                Family.at(out()).goingOn(List.of(preset), out()).members();
        for (String name : begun.keySet()) {
            assertEquals(begun.get(name).seed(), now.get(name).seed());
            assertEquals(4, now.get(name).evaluation().repeats());
        }
        Family shorter =
                Family.at(out()).goingOn(List.of(new Layer("preset", Map.of("outer", "1", "ipc", "7"))), out());
        assertEquals(begun.get("mdc"), shorter.members().get("mdc"));
        assertThrows(ConfigException.class, () -> Family.at(out())
                .goingOn(List.of(Layer.options(Map.of("seed", "77"))), out()));
    }

    @Test
    void runsThatHaveBecomeTheSameGoOnOneByOne() throws IOException {
        Map<String, RunConfig> lengths = new LinkedHashMap<>();
        lengths.put("outer-1", TinySettings.with("outer", "1"));
        lengths.put("outer-2", TinySettings.with("outer", "2"));
        new FamilyJob(new Family(lengths), out(), false).run(Progress.silent(), () -> false);
        new CondenseJob(lengths.get("outer-2"), Optional.of(out().resolve("outer-1")), true)
                .run(Progress.silent(), () -> false);
        assertEquals(
                out() + ": two of its runs would be the same; resume them one by one",
                assertThrows(ConfigException.class, () -> Family.at(out()).goingOn(List.of(), out()))
                        .getMessage());
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
    void anImpossibleMemberIsRefusedBeforeAnythingIsMade() {
        List<Map<String, String>> combinations = new ArrayList<>(List.of(Map.of("ipc", "1"), Map.of("ipc", "0")));
        String message = assertThrows(ConfigException.class, () -> Family.of(combinations, List.of(), note -> {}))
                .getMessage();
        assertTrue(message.startsWith("--vary, --also: ipc-0: "), message);

        Map<String, RunConfig> tooLarge = new LinkedHashMap<>(members());
        tooLarge.put("large", TinySettings.with("ipc", "1000", "init", "random"));
        FamilyJob job = new FamilyJob(new Family(tooLarge), out(), false);
        assertThrows(DataException.class, () -> job.run(Progress.silent(), () -> false));
        assertFalse(Files.exists(out()));
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

    private static FamilyEstimate estimate() {
        return new Family(members())
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
                Stream.generate(FamilyJobTest::estimate).limit(5).anyMatch(tried -> tried.seconds() < tried.alone()),
                estimate.line());
        assertTrue(estimate.line().contains("(4 runs in 2 groups; one by one "), estimate.line());
    }

    /** What is told of the loops of each group. */
    private static final class Told implements Progress {
        private final List<List<Long>> totals = new ArrayList<>();
        private final List<List<Long>> done = new ArrayList<>();
        private final List<String> status = new ArrayList<>();

        @Override
        public void begin(String phase, long total, long before) {
            totals.add(new ArrayList<>(List.of(total)));
            done.add(new ArrayList<>(List.of(before)));
        }

        @Override
        public void update(long now, String text) {
            done.get(done.size() - 1).add(now);
            status.add(text);
        }

        @Override
        public void shorten(long total) {
            totals.get(totals.size() - 1).add(total);
        }

        @Override
        public void milestone(String line) {}

        @Override
        public void close() {}
    }

    @Test
    void everyLoopOfEveryRunIsOneMore() throws IOException {
        Told told = new Told();
        new FamilyJob(new Family(members()), out(), false).run(told, () -> false);
        long loops = members().get("one").loop().steps();
        assertEquals(List.of(List.of(3 * loops), List.of(loops)), told.totals);
        for (int group = 0; group < 2; group++) {
            assertEquals(
                    LongStream.rangeClosed(0, told.totals.get(group).get(0))
                            .boxed()
                            .toList(),
                    told.done.get(group).stream().distinct().toList());
        }
        told.status.forEach(
                text -> assertTrue(text.matches("(3 runs, (one|mdc|idc)|1 runs, other-seed): outer .*"), text));
    }

    @Test
    void thoseThatAreFurtherWaitAndAreNotCounted() throws IOException {
        condense(false, stopAt(1));
        for (String name : List.of("one", "idc")) {
            AtomicInteger asked = new AtomicInteger();
            new CondenseJob(members().get(name), Optional.of(out().resolve(name)), true)
                    .run(Progress.silent(), () -> asked.incrementAndGet() == 2);
        }
        Told told = new Told();
        new FamilyJob(Family.at(out()), out(), true).run(told, () -> false);
        assertEquals(List.of(12L), told.totals.get(0));
        assertEquals(
                LongStream.rangeClosed(7, 12).boxed().toList(),
                told.done.get(0).stream().distinct().toList());
        assertTrue(told.status.get(0).startsWith("1 of 3 runs, mdc: outer 1/2, inner 2/2"), told.status::toString);
        assertTrue(
                told.status.stream().anyMatch(text -> text.startsWith("3 runs, idc: outer 2/2, inner 2/2")),
                told.status::toString);
    }

    @Test
    void theLoopsThatARunWillNotDoAreDropped() throws IOException {
        condense(false, stopAt(1));
        Checkpoints checkpoints = RunDirectory.open(out().resolve("mdc")).checkpoints();
        checkpoints.write(broken(checkpoints.read(note -> {}).orElseThrow()));
        Told told = new Told();
        new FamilyJob(Family.at(out()), out(), true).run(told, () -> false);
        assertEquals(List.of(12L, 9L), told.totals.get(0));
        assertEquals(
                LongStream.rangeClosed(3, 9).boxed().toList(),
                told.done.get(0).stream().distinct().toList());
        assertTrue(
                told.status.stream().anyMatch(text -> text.startsWith("2 of 3 runs, idc: outer 2/2, inner 2/2")),
                told.status::toString);
    }

    /** The same with images that are no numbers. */
    private static Checkpoint broken(Checkpoint checkpoint) {
        CondenseState state = checkpoint.state();
        NumpyArray images = state.images().images();
        float[] values = images.toFloats();
        Arrays.fill(values, Float.NaN);
        Condensation.State nan = new Condensation.State(
                NumpyArray.of(values, images.shape()),
                state.images().velocity(),
                state.images().subsets(),
                state.images().selections(),
                state.images().chosen(),
                state.images().learned());
        return new Checkpoint(
                checkpoint.begun(),
                new CondenseState(state.outer(), state.inner(), nan, state.network()),
                checkpoint.metrics(),
                checkpoint.selections(),
                checkpoint.course());
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
        long free = Files.getFileStore(Path.of("target")).getUsableSpace();
        long states = free * 6 / 10 / bytes(experts(1001, 1));
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("a", experts(1001, states));
        members.put("b", experts(1002, states));
        new Family(Map.of("a", members.get("a"))).check(out(), EvaluationEstimator.onTheWay(), Progress.silent());
        FamilyJob both = new FamilyJob(new Family(members), out(), false);
        String message = assertThrows(DataException.class, () -> both.run(Progress.silent(), () -> false))
                .getMessage();
        assertTrue(message.startsWith("no room for networks: "), message);
        assertFalse(Files.exists(out()));
    }

    @Test
    void roomForAllRunsIsThereBeforeAnyIsBegun() {
        Path huge = out();
        String message = assertThrows(DiskFull.class, () -> DiskFull.requireRoom(huge, Long.MAX_VALUE))
                .getMessage();
        assertTrue(message.startsWith(huge + ": the disk has not enough room: about "), message);
    }
}
