package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.export.ExportFiles;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.numpy.NumpyArchive;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of a run of a few images. */
class ExportJobTest {
    private static final String[] SETTINGS = {"factor", "2", "init", "noise", "epochs-order", "3", "epochs-lbpe", "2"};

    @TempDir
    private static Path folder;

    private static RunDirectory run;

    @BeforeAll
    static void condense() throws IOException {
        run = finished(new CondenseJob(TinySettings.with(SETTINGS), Optional.of(folder.resolve("run")), false)
                        .run(Progress.silent(), () -> false))
                .directory();
    }

    private static <T> T finished(Ending<T> ending) {
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<T>) ending).result();
    }

    private static ExportFiles export(RunDirectory from, String size, ImageKind kind, String out) throws IOException {
        RunConfig config = ConfigReader.read(from.settings(note -> {}));
        return new ExportJob(
                        from, config, ExportSize.parse(size), kind, Format.NPZ, folder.resolve(out), Optional.empty())
                .run(note -> {});
    }

    @Test
    void theCardSaysHowTheSetWasMade() throws IOException {
        String lead = lead(run, "made.npz");
        assertTrue(lead.contains("with `mdc` by mdc ") && lead.endsWith(" every prefix is a set of its own."), lead);
        RunDirectory dsa = finished(
                        new CondenseJob(TinySettings.with("method", "dsa"), Optional.of(folder.resolve("dsa")), false)
                                .run(Progress.silent(), () -> false))
                .directory();
        String alone = lead(dsa, "dsa.npz");
        assertTrue(alone.contains("with `dsa` by mdc ") && !alone.contains("every prefix"), alone);
    }

    private static String lead(RunDirectory from, String out) throws IOException {
        return Files.readAllLines(export(from, "1", ImageKind.STORED, out).card())
                .get(2);
    }

    @Test
    void aRunOfAGpuIsExportedWithoutOne() throws IOException {
        RunConfig config = ConfigReader.read(
                run.settings(note -> {}), Layer.options(Map.of("backend", "cuda", "precision", "tf32")));
        ExportFiles files = new ExportJob(
                        run,
                        config,
                        ExportSize.parse("1"),
                        ImageKind.TRAINING,
                        Format.NPZ,
                        folder.resolve("gpu.npz"),
                        Optional.empty())
                .run(note -> {});
        assertArrayEquals(
                Files.readAllBytes(
                        export(run, "1", ImageKind.TRAINING, "cpu.npz").images()),
                Files.readAllBytes(files.images()));
    }

    private static NumpyArchive read(ExportFiles files) throws IOException {
        return NumpyArchive.read(files.images(), Set.of("images", "labels"));
    }

    @Test
    void prefixesOfTheWholeAreTheSmallerExports() throws IOException {
        CondensedSet set = CondensedSet.read(run.synthetic());
        float[] all = read(export(run, "all", ImageKind.TRAINING, "all.npz"))
                .get("images")
                .toFloats();
        float[] one = read(export(run, "1", ImageKind.TRAINING, "one.npz"))
                .get("images")
                .toFloats();
        assertEquals(set.ipc() * one.length, all.length);
        assertArrayEquals(one, Arrays.copyOf(all, one.length));
        float[] stored = read(export(run, "1", ImageKind.STORED, "stored.npz"))
                .get("images")
                .toFloats();
        assertEquals(one.length, 4 * stored.length);
        assertEquals(set.pixel(0, 0, 0, 0), stored[0]);
    }

    @Test
    void theCardTellsWhatTheEvaluationMeasured() throws IOException {
        RunDirectory copy = RunDirectory.open(Folders.copy(run.path(), folder.resolve("evaluated")));
        RunConfig config = ConfigReader.read(copy.settings(note -> {}));
        assertTrue(Files.readString(
                        export(copy, "1", ImageKind.STORED, "before.npz").card())
                .contains("never evaluated at size 1"));
        new EvaluateJob(copy, config).run(Progress.silent(), () -> false);
        String card = Files.readString(
                export(copy, "1", ImageKind.STORED, "after.npz").card());
        assertTrue(
                card.matches("(?s).*\\| convnet \\| 2 \\| 1 \\| 16 \\| 2 \\| 2 \\| .* ± .* \\| as above \\|.*"), card);
    }

    private static String refused(Class<? extends RuntimeException> type, RunDirectory from, String size, String out) {
        return assertThrows(type, () -> export(from, size, ImageKind.TRAINING, out))
                .getMessage();
    }

    @Test
    void aRunThatIsNotFinishedIsRefused() throws IOException {
        RunDirectory copy = RunDirectory.open(Folders.copy(run.path(), folder.resolve("begun")));
        Files.writeString(
                copy.manifest(), Files.readString(copy.manifest()).replace("\"finished\"", "\"interrupted\""));
        assertEquals(
                copy.path() + ": the run is not finished; mdc condense --resume --out " + copy.path() + " finishes it",
                refused(DataException.class, copy, "1", "x.npz"));
    }

    @Test
    void aSizeLargerThanTheSetIsRefused() {
        assertEquals(
                "--size 3: must be all, or from 1 to 2, which are the images per class of the condensed set",
                refused(ConfigException.class, run, "3", "y.npz"));
    }

    @Test
    void whatExistsIsKept() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.npz"), "mine");
        assertEquals(
                "--out " + mine + ": exists already; name another path",
                refused(ConfigException.class, run, "1", "mine.npz"));
        assertEquals("mine", Files.readString(mine));
    }

    @Test
    void aPlaceBelowAFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        String message = refused(ConfigException.class, run, "1", "file/set.npz");
        assertTrue(message.startsWith("--out " + file + "/set.npz: cannot be written: "), message);
    }
}
