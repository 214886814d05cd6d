package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.bench.Estimate;
import io.mdc.config.RunConfig;
import io.mdc.data.Cache;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.family.Family;
import io.mdc.family.FamilyGroup;
import io.mdc.family.FamilyResult;
import io.mdc.numpy.NumpyArchive;
import io.mdc.order.OrderBy;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Folders;
import io.mdc.testing.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs of trajectory matching on a few images, with experts in the cache of the tests. */
class MttJobTest {
    private static final Path EXPERTS = Cache.directory().resolve("networks");

    @TempDir
    private Path folder;

    @BeforeEach
    void forget() throws IOException {
        if (Files.exists(EXPERTS)) {
            Folders.delete(EXPERTS);
        }
    }

    private static RunConfig mtt(String... more) {
        return TinySettings.with(Stream.concat(
                        Stream.of(
                                "method",
                                "mtt",
                                "experts",
                                "2",
                                "batch-expert",
                                "4",
                                "start-below",
                                "1",
                                "epochs-ahead",
                                "2",
                                "steps-student",
                                "2"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static Ending<CondenseJob.Result> condense(Path out, boolean resume, Told told, Stop stop)
            throws IOException {
        return new CondenseJob(mtt(), Optional.of(out), resume).run(told, stop);
    }

    private static Stop stopAt(int n) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() >= n;
    }

    @Test
    void aRunIsStoppedWhileExpertsAreTrainedAndWhileImagesMoveAndGoesOn() throws IOException {
        Path out = folder.resolve("run");
        Told told = new Told();
        // Two epochs of two batches for each of two experts.
        assertInstanceOf(Ending.Interrupted.class, condense(out, false, told, stopAt(3)));
        assertEquals(
                Manifest.Status.INTERRUPTED,
                Manifest.read(out.resolve("manifest.json")).status());
        assertInstanceOf(Ending.Interrupted.class, condense(out, true, told, stopAt(7)));
        assertTrue(NumpyArchive.read(out.resolve("checkpoint/state.npz")).has("learned"));
        assertInstanceOf(Ending.Finished.class, condense(out, true, told, () -> false));
        Path whole = folder.resolve("whole");
        assertInstanceOf(Ending.Finished.class, condense(whole, false, told, () -> false));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(
                List.of(
                        "training networks (experts) 0/8",
                        "training networks (experts) 0/6",
                        "condensing 0/4",
                        "condensing 2/4",
                        "condensing 0/4"),
                told.phases());
    }

    @Test
    void estimatesCountExpertsThatAreMissing() throws IOException {
        Estimate before = new EstimateJob(mtt()).run(Progress.silent()).condensing();
        assertTrue(before.preparation() > 0 && before.seconds() > before.preparation(), before::line);
        assertTrue(before.line().contains(" before the first loop, 4 inner loops of "), before::line);
        assertFalse(Files.exists(EXPERTS), "an estimate trains none");
        condense(folder.resolve("run"), false, new Told(), () -> false);
        Estimate after = new EstimateJob(mtt()).run(Progress.silent()).condensing();
        assertEquals(0, after.preparation());
        assertFalse(after.line().contains("before"), after::line);
    }

    @Test
    void aDamagedExpertIsNamedBeforeTheRunHasADirectory() throws IOException {
        condense(folder.resolve("run"), false, new Told(), () -> false);
        Path file = Folders.files(EXPERTS).stream()
                .filter(path -> path.endsWith(Path.of("1", "2.npz")))
                .findFirst()
                .orElseThrow();
        Files.write(file, new byte[10]);
        Path out = folder.resolve("other");
        String message = assertThrows(DataException.class, () -> condense(out, false, new Told(), () -> false))
                .getMessage();
        assertTrue(message.contains("2.npz: the network is damaged ("), message);
        assertFalse(Files.exists(out));
    }

    @Test
    void expertsThatAreNoUseAreWarnedOfInEveryRunThatHasThem() throws IOException {
        RunConfig config = mtt("lr-expert", "100");
        for (String run : List.of("first", "second")) {
            Path out = folder.resolve(run);
            new CondenseJob(config, Optional.of(out), false).run(Progress.silent(), () -> false);
            List<String> warnings = Manifest.read(out.resolve("manifest.json")).warnings();
            assertTrue(
                    warnings.stream().anyMatch(line -> line.startsWith("training of network 0 (experts) diverging")),
                    run + ": " + warnings);
        }
    }

    @Test
    void networksWhoseImagesInfluenceEachOtherAreRefused() {
        RunConfig config = mtt("network", "resnet10");
        Path out = folder.resolve("run");
        ConfigException thrown =
                assertThrows(ConfigException.class, () -> new CondenseJob(config, Optional.of(out), false)
                        .run(Progress.silent(), () -> false));
        assertTrue(thrown.getMessage().contains("has batch norm"), thrown.getMessage());
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(EXPERTS));
    }

    @Test
    void runsOfAFamilyShareExpertsButNoThetaWithOtherMethods() {
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("mtt", mtt());
        members.put("one", mtt("ipc", "1"));
        members.put("idc", TinySettings.with("method", "idc"));
        assertEquals(
                List.of(List.of("mtt", "one"), List.of("idc")),
                new Family(members).groups().stream().map(FamilyGroup::names).toList());
    }

    @Test
    void anOrderOfTheImagesNeedsNoExperts() throws IOException {
        Path out = folder.resolve("run");
        condense(out, false, new Told(), () -> false);
        try (Stream<Path> files = Files.walk(EXPERTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "damaged");
            }
        }
        RunConfig config = mtt("epochs-order", "1", "epochs-lbpe", "1", "epochs-el2n", "1");
        assertThrows(DataException.class, () -> condense(folder.resolve("again"), false, new Told(), () -> false));
        OrderJob order = new OrderJob(RunDirectory.open(out), config, OrderBy.RANDOM, folder.resolve("ordered"));
        assertInstanceOf(Ending.Finished.class, order.run(Progress.silent(), () -> false));
    }

    private static String[] with(String[] settings, String... more) {
        return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aRunWhoseExpertsDivergeFailsAndSaysWhyAndTheOthersGoOn() throws IOException {
        String[] own = {
            "network", TinySettings.dense(folder, 3).toString(), "width", "auto", "epochs-expert", "60", "lr-img", "0.1"
        };
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("bad", mtt(with(own, "lr-expert", "100")));
        members.put("bad too", mtt(with(own, "lr-expert", "100", "ipc", "1")));
        members.put("good", mtt(with(own, "lr-expert", "0.001")));
        Path out = folder.resolve("family");
        FamilyResult result = ((Ending.Finished<FamilyResult>)
                        new FamilyJob(new Family(members), out, false).run(Progress.silent(), () -> false))
                .result();
        assertEquals(
                List.of(RunDirectory.open(out.resolve("good")).path()),
                result.finished().stream().map(RunDirectory::path).toList(),
                result.failed().toString());
        assertEquals(2, result.failed().size());
        for (String name : List.of("bad", "bad too")) {
            List<String> warnings =
                    Manifest.read(out.resolve(name).resolve("manifest.json")).warnings();
            String last = warnings.get(warnings.size() - 1);
            assertTrue(last.startsWith("training of network 0 (experts) came to numbers that are not finite"), last);
            assertTrue(last.endsWith("; --lr-expert 100.0 may be too large"), last);
        }
    }
}
