package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.SourceFile;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.order.OrderBy;
import io.mdc.order.OrderConfig;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders of a few images. */
class OrderJobTest {
    private static final String[] SHORT = {
        "epochs-order", "3", "epochs-lbpe", "2", "epochs-el2n", "2", "batch-order", "5", "factor", "2", "init", "noise"
    };

    @TempDir
    private Path folder;

    private RunDirectory run;

    @BeforeEach
    void condense() throws IOException {
        run = condensed("run", SHORT);
    }

    private RunDirectory condensed(String name, String... changes) throws IOException {
        CondenseJob job = new CondenseJob(TinySettings.with(changes), Optional.of(folder.resolve(name)), false);
        Ending<CondenseJob.Result> ending = job.run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<CondenseJob.Result>) ending).result().directory();
    }

    private static RunConfig with(String... changes) {
        return TinySettings.with(
                Stream.concat(Stream.of(SHORT), Stream.of(changes)).toArray(String[]::new));
    }

    private Ending<RunDirectory> order(OrderBy by, String out, Stop stop, String... changes) throws IOException {
        return new OrderJob(run, with(changes), by, folder.resolve(out)).run(Progress.silent(), stop);
    }

    private RunDirectory ordered(OrderBy by, String out, String... changes) throws IOException {
        Ending<RunDirectory> ending = order(by, out, () -> false, changes);
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<RunDirectory>) ending).result();
    }

    @ParameterizedTest
    @EnumSource(OrderBy.class)
    void theOrderedRunIsOneThatCanBeEvaluated(OrderBy by) throws IOException {
        RunDirectory made = ordered(by, "ordered");
        try (Stream<Path> files = Files.list(made.path())) {
            assertEquals(
                    "[config.yaml, manifest.json, synthetic.npz, synthetic.png]",
                    new TreeSet<>(files.map(file -> file.getFileName().toString())
                                    .collect(Collectors.toSet()))
                            .toString());
        }
        RunConfig config = ConfigReader.read(made.settings(note -> {}));
        assertEquals(with().absolute(), config);
        Ending<EvaluateJob.Result> evaluated = new EvaluateJob(made, config).run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Finished.class, evaluated);
    }

    @ParameterizedTest
    @EnumSource(OrderBy.class)
    void theSameSeedGivesTheSameBytesForAnyNumberOfThreads(OrderBy by) throws IOException {
        RunDirectory one = ordered(by, "one", "threads", "1");
        RunDirectory two = ordered(by, "two", "threads", "2");
        assertEquals(-1, Files.mismatch(one.synthetic(), two.synthetic()));
        assertEquals(-1, Files.mismatch(one.picture(), two.picture()));
    }

    @Test
    void onlyLbpeNeedsAsManyEpochsAsItSumsOver() throws IOException {
        assertEquals(
                "--epochs-lbpe 4: must not be larger than --epochs-order, which is 3",
                assertThrows(ConfigException.class, () -> ordered(OrderBy.LBPE, "lbpe", "epochs-lbpe", "4"))
                        .getMessage());
        RunDirectory made = ordered(OrderBy.EL2N, "el2n", "epochs-lbpe", "4");
        assertEquals(4, ConfigReader.read(made.settings(note -> {})).order().epochsLbpe());
        assertEquals(
                -1,
                Files.mismatch(made.synthetic(), ordered(OrderBy.EL2N, "usual").synthetic()));
    }

    @ParameterizedTest
    @EnumSource(OrderBy.class)
    void anOrderUsesTheSettingsThatItNames(OrderBy by) throws IOException {
        Map<String, String> others = Map.of(
                "epochs-order", "4",
                "epochs-lbpe", "1",
                "epochs-el2n", "1",
                "networks-order", "2",
                "lr-order", "0.5",
                "batch-order", "3",
                "augment-order", "none",
                "cutmix-order", "0",
                "seed-order", "9");
        assertEquals(Settings.keys(OrderConfig.class).size(), others.size());
        byte[] usual = Files.readAllBytes(ordered(by, "usual").synthetic());
        for (Map.Entry<String, String> other : others.entrySet()) {
            if (!by.settings().contains(other.getKey())) {
                RunDirectory same = ordered(by, other.getKey(), other.getKey(), other.getValue());
                assertArrayEquals(usual, Files.readAllBytes(same.synthetic()), other.toString());
            }
        }
    }

    @Test
    void anotherSeedGivesAnotherOrderOfTheSamePixels() throws IOException {
        CondensedSet before = CondensedSet.read(run.synthetic());
        CondensedSet after = CondensedSet.read(
                ordered(OrderBy.RANDOM, "b", "seed-order", "5").synthetic());
        assertNotEquals(pixels(before, false), pixels(after, false));
        assertEquals(pixels(before, true), pixels(after, true));
    }

    /** The first channel of the first class. */
    private static List<Float> pixels(CondensedSet set, boolean sorted) {
        int plane = set.height() * set.width();
        Stream<Float> pixels = Stream.iterate(0, i -> i < set.ipc() * plane, i -> i + 1)
                .map(i -> set.pixel(i / plane, 0, i % plane / set.width(), i % set.width()));
        return sorted ? pixels.sorted().toList() : pixels.toList();
    }

    @Test
    void theManifestTellsFromWhatAndHow() throws IOException {
        Manifest before = Manifest.read(run.manifest());
        Manifest manifest = Manifest.read(
                ordered(OrderBy.LBPE, "ordered", "networks-order", "2").manifest());
        assertEquals(Manifest.Status.FINISHED, manifest.status());
        assertEquals(before.condenseSeconds(), manifest.condenseSeconds());
        assertEquals(before.data(), manifest.data());
        assertEquals(run.path().toString(), manifest.order().run());
        assertEquals(SourceFile.of(run.synthetic()).sha256(), manifest.order().set());
        assertEquals("lbpe", manifest.order().by());
        assertEquals(2, manifest.order().epochs().size());
        for (List<Integer> epochs : manifest.order().epochs()) {
            assertTrue(epochs.size() == 2 && epochs.get(0) >= 1 && epochs.get(1) <= 3, epochs::toString);
        }
        assertFalse(Files.readString(run.manifest()).contains("order"));
    }

    @Test
    void everyEpochIsToldAndMayBeTheLast() throws IOException {
        StringWriter text = new StringWriter();
        try (Progress progress = Progress.on(new PrintWriter(text), false)) {
            new OrderJob(run, with(), OrderBy.LBPE, folder.resolve("told")).run(progress, () -> false);
        }
        assertTrue(text.toString().startsWith("training to order done in "), text::toString);
        Ending<RunDirectory> ending = order(OrderBy.LBPE, "stopped", () -> true);
        assertEquals(
                new Ending.Interrupted<RunDirectory>(
                        "interrupted; nothing was written, and the same command begins anew"),
                ending);
        assertFalse(Files.exists(folder.resolve("stopped")));
    }

    private String refused(Class<? extends RuntimeException> type, String out) {
        return assertThrows(type, () -> order(OrderBy.RANDOM, out, () -> false)).getMessage();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedAndLeftAsItIs() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Path file = Files.writeString(full.resolve("mine"), "mine");
        assertEquals(
                "--out " + full + ": exists already; name another directory", refused(ConfigException.class, "full"));
        assertEquals(
                "--out " + file + ": cannot be written: a file is in its place",
                refused(ConfigException.class, "full/mine"));
        assertEquals(
                "--out " + file + "/below: cannot be written: a file is in its place",
                refused(ConfigException.class, "full/mine/below"));
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void anEmptyDirectoryAndOneToBeMadeAreTaken() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("link"), empty);
        ordered(OrderBy.RANDOM, "link");
        assertTrue(Files.exists(empty.resolve("synthetic.npz")));
        ordered(OrderBy.RANDOM, "new/deep");
        assertTrue(Files.exists(folder.resolve("new/deep/synthetic.npz")));
    }

    @Test
    void tilesThatAreNotAlikeAreRefusedInOneLine() throws IOException {
        new CondensedSet(new float[4 * 3 * 12 * 12], new int[] {4, 3, 12, 12}, 2, 5).write(run.synthetic());
        assertEquals(
                run.synthetic() + ": images of 12x12 pixels do not have equal tiles with factor 5, so that tiles cannot"
                        + " change places; only a set whose factor divides the size can be ordered",
                refused(ConfigException.class, "out"));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void aRunThatIsNotFinishedIsRefused() throws IOException {
        Files.delete(run.synthetic());
        assertEquals(
                run.synthetic() + ": no such file; a finished run has one, mdc condense --resume finishes a run",
                refused(DataException.class, "out"));
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void anOrderedRunIsNotCondensedAnew() throws IOException {
        RunDirectory made = ordered(OrderBy.RANDOM, "ordered");
        byte[] before = Files.readAllBytes(made.synthetic());
        CondenseJob job = new CondenseJob(with(), Optional.of(made.path()), true);
        assertEquals(
                made.path() + ": has the images of " + run.path()
                        + " in another order; it is finished, and there is nothing to resume",
                assertThrows(ConfigException.class, () -> job.run(Progress.silent(), () -> false))
                        .getMessage());
        assertArrayEquals(before, Files.readAllBytes(made.synthetic()));
    }

    @Test
    void theOriginOfTheImagesIsCarriedOn() throws IOException {
        ImageOrigin imported = ImageOrigin.imported(new ImageOrigin.Source("/home/me/idc.pt", "abc", "as it was"));
        run.writeJson(run.manifest(), Manifest.read(run.manifest()).from(imported));
        ImageOrigin origin =
                Manifest.read(ordered(OrderBy.RANDOM, "ordered").manifest()).origin();
        assertEquals(imported.imported(), origin.imported());
        assertEquals(run.path().toString(), origin.order().orElseThrow().run());
    }
}
