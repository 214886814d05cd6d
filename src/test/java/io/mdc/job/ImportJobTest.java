package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.export.ExportSize;
import io.mdc.export.Format;
import io.mdc.export.ImageKind;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.published.PublishedPlace;
import io.mdc.published.Reading;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of a run of a few images, imported again. */
class ImportJobTest {
    private static final Reading PLAIN = new Reading(1, 1, Optional.empty());

    @TempDir
    private Path folder;

    private RunDirectory condensed() throws IOException {
        Ending<CondenseJob.Result> ending = new CondenseJob(
                        TinySettings.with("factor", "2", "init", "noise"), Optional.of(folder.resolve("run")), false)
                .run(Progress.silent(), () -> false);
        return ((Ending.Finished<CondenseJob.Result>) ending).result().directory();
    }

    private Path exported(RunDirectory run, ImageKind kind, String name) throws IOException {
        RunConfig config = ConfigReader.read(run.settings(note -> {}));
        Path out = folder.resolve(name);
        new ExportJob(run, config, ExportSize.parse("all"), kind, Format.PT, out, Optional.empty()).run(note -> {});
        return out;
    }

    private RunDirectory imported(Path file, Reading reading, String out) throws IOException {
        Layer settings = Layer.options(Settings.texts(TinySettings.with()));
        return new ImportJob(PublishedPlace.of(file), reading, settings, folder.resolve(out)).run(Progress.silent());
    }

    @Test
    void storedImagesComeBackBitForBit() throws IOException {
        RunDirectory run = condensed();
        RunDirectory again =
                imported(exported(run, ImageKind.STORED, "stored.pt"), new Reading(2, 1, Optional.empty()), "again");
        assertArrayEquals(Files.readAllBytes(run.synthetic()), Files.readAllBytes(again.synthetic()));
        assertTrue(again.isFinished());
    }

    @Test
    void theRunCanBeEvaluatedAndExportedButNotCondensed() throws IOException {
        Path file = exported(condensed(), ImageKind.TRAINING, "training.pt");
        RunDirectory run = imported(file, PLAIN, "imported");
        RunConfig config = ConfigReader.read(run.settings(note -> {}));
        assertEquals(8, CondensedSet.read(run.synthetic()).ipc());
        assertEquals(8, config.synthetic().ipc());
        Ending<EvaluateJob.Result> evaluated = new EvaluateJob(run, config).run(Progress.silent(), () -> false);
        assertInstanceOf(Ending.Finished.class, evaluated);
        Path card = Path.of(exported(run, ImageKind.TRAINING, "again.pt") + ".card.md");
        assertTrue(
                Files.readString(card).contains("# not made by mdc: imported from training.pt, SHA-256 "),
                Files.readString(card));
        assertTrue(
                Files.readString(card)
                        .lines()
                        .toList()
                        .get(2)
                        .contains("classes, imported from `training.pt`, written by"),
                Files.readString(card));
        CondenseJob job = new CondenseJob(config, Optional.of(run.path()), true);
        assertEquals(
                run.path() + ": has the images of " + file + "; it is finished, and there is nothing to resume",
                assertThrows(ConfigException.class, () -> job.run(Progress.silent(), () -> false))
                        .getMessage());
    }

    @Test
    void valuesOutsideAreToldAndSoIsWhereTheSetWas() throws IOException {
        CondensedSet set = CondensedSet.read(condensed().synthetic());
        int images = set.classes() * set.ipc();
        int[] shape = {images, set.channels(), set.height(), set.width()};
        float[] pixels = new float[images * set.channels() * set.height() * set.width()];
        pixels[0] = -0.25f;
        Path file = folder.resolve("outside.npz");
        new NumpyArchive()
                .put("images", NumpyArray.of(pixels, shape))
                .put(
                        "labels",
                        NumpyArray.of(
                                LongStream.range(0, images)
                                        .map(i -> i / set.ipc())
                                        .toArray(),
                                images))
                .write(file);
        StringWriter told = new StringWriter();
        RunDirectory run = new ImportJob(
                        PublishedPlace.of(file),
                        new Reading(2, 1, Optional.empty()),
                        Layer.options(Settings.texts(TinySettings.with())),
                        folder.resolve("imported"))
                .run(Progress.on(new PrintWriter(told, true), false));
        assertEquals(-0.25f, CondensedSet.read(run.synthetic()).pixel(0, 0, 0, 0));
        assertTrue(told.toString().contains(file + ": 1 of " + pixels.length + " values ("), told.toString());
        assertEquals(
                "images of factor 2", Manifest.read(run.manifest()).imported().reading());
    }

    @Test
    void imagesOfAnotherShapeThanTheDataAreRefused() {
        Path file = Path.of("src/test/resources/io/mdc/torch/list.pt");
        String message = assertThrows(DataException.class, () -> imported(file, PLAIN, "other"))
                .getMessage();
        assertTrue(message.startsWith(file + ": 2 classes of images 3x2x2, which are not those of"), message);
    }

    @Test
    void whatExistsIsKept() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("mine"), "mine");
        Path file = Path.of("src/test/resources/io/mdc/torch/list.pt");
        assertEquals(
                "--out " + folder.resolve("full") + ": exists already; name another directory",
                assertThrows(ConfigException.class, () -> imported(file, PLAIN, "full"))
                        .getMessage());
    }
}
