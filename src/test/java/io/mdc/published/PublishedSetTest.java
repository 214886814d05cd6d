package io.mdc.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DataException;
import io.mdc.data.Normalization;
import io.mdc.evaluate.CondensedSet;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedSetTest {
    private static final Reading PLAIN = new Reading(1, 1, Optional.empty());
    private static final Path FILES = Path.of("src/test/resources/io/mdc/torch");
    private static final Path FILE = Path.of("a.pt");

    @TempDir
    private Path folder;

    /** One pixel per image. */
    private static PublishedFile file(float[] pixels, long... labels) {
        return new PublishedFile(NumpyArray.of(pixels, pixels.length, 1, 1, 1), labels(labels));
    }

    private static NumpyArray labels(long... labels) {
        return NumpyArray.of(labels, labels.length);
    }

    private static List<Float> pixels(CondensedSet set) {
        List<Float> pixels = new ArrayList<>();
        for (int i = 0; i < set.classes() * set.ipc(); i++) {
            pixels.add(set.pixel(i, 0, 0, 0));
        }
        return pixels;
    }

    private static String refusal(PublishedFile file, Reading reading) {
        return assertThrows(DataException.class, () -> PublishedSet.of(file, reading, FILE))
                .getMessage();
    }

    @Test
    void imagesAreSortedByClassAndKeepTheirOrderInIt() {
        CondensedSet set = PublishedSet.of(file(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 1, 0, 1, 0), PLAIN, FILE);
        assertEquals(List.of(0.2f, 0.4f, 0.1f, 0.3f), pixels(set));
        assertEquals("2 2 1", set.classes() + " " + set.ipc() + " " + set.factor());
    }

    @Test
    void tilesOfTheSameImageComeTogether() {
        float[] pixels = {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f};
        CondensedSet set = PublishedSet.of(file(pixels, new long[8]), new Reading(1, 2, Optional.empty()), FILE);
        assertEquals(List.of(0f, 0.2f, 0.4f, 0.6f, 0.1f, 0.3f, 0.5f, 0.7f), pixels(set));
        assertEquals(
                "a.pt: 2 images per class are not 4 tiles of each of several",
                refusal(file(new float[2], 0, 0), new Reading(1, 2, Optional.empty())));
    }

    @Test
    void normalisedPixelsAreTurnedBack() {
        Reading reading = new Reading(1, 1, Optional.of(new Normalization(List.of(0.5), List.of(0.25))));
        assertEquals(List.of(0f, 1f), pixels(PublishedSet.of(file(new float[] {-2, 2}, 0, 0), reading, FILE)));
    }

    @Test
    void pixelsALittleOutsideStayAndAreCounted() {
        float[] pixels = new float[1000];
        pixels[0] = -0.01f;
        pixels[1] = 1.2f;
        CondensedSet set = PublishedSet.of(file(pixels, new long[1000]), PLAIN, FILE);
        assertEquals(-0.01f, set.pixel(0, 0, 0, 0));
        assertEquals(1.2f, set.pixel(1, 0, 0, 0));
        assertEquals(
                Optional.of("2 of 1000 values (0.2 %) are below 0 or above 1 and stay so"),
                PublishedSet.remark(set, PLAIN));
        CondensedSet inside = PublishedSet.of(file(new float[] {0, 1}, 0, 0), PLAIN, FILE);
        assertEquals(Optional.empty(), PublishedSet.remark(inside, PLAIN));
    }

    @Test
    void pixelsThatMayBeNormalisedAreToldSo() {
        float[] normalised = {-2, 0.5f, 1.5f, -0.7f};
        CondensedSet set = PublishedSet.of(file(normalised, new long[4]), PLAIN, FILE);
        assertEquals(
                Optional.of("3 of 4 values (75.0 %) are below 0 or above 1 and stay so; many are far out: if pixels are"
                        + " normalised, --normalised turns them back (by mnist, fashion-mnist, or means/deviations, those"
                        + " of channels joined by commas, as in 0.1307/0.3081)"),
                PublishedSet.remark(set, PLAIN));
        Reading said = new Reading(1, 1, Optional.of(new Normalization(List.of(0.5), List.of(0.25))));
        assertEquals(
                Optional.of("3 of 4 values (75.0 %) are below 0 or above 1 and stay so"),
                PublishedSet.remark(set, said));
    }

    @Test
    void pixelsOfBytesInFloatsAreRefusedAndNoOthers() {
        assertEquals(
                "a.pt: pixels are floats from 0.0 to 254.0, expected 0 to 1; they look like 0 to 255: divide by 255, or"
                        + " save as bytes (uint8)",
                refusal(file(new float[] {0, 254}, 0, 0), PLAIN));
        for (float[] others : List.of(new float[] {-0.1f, 254}, new float[] {0, 9}, new float[] {0, 256})) {
            assertEquals(
                    others[1],
                    pixels(PublishedSet.of(file(others, 0, 0), PLAIN, FILE)).get(1));
        }
        Reading normalised = new Reading(1, 1, Optional.of(new Normalization(List.of(100.0), List.of(1.0))));
        assertEquals(List.of(100f, 101f), pixels(PublishedSet.of(file(new float[] {0, 1}, 0, 0), normalised, FILE)));
    }

    @Test
    void eachExperimentOfAFileIsFound() {
        for (String name : List.of("experiments.pt", "experiments-legacy.pt")) {
            Path path = FILES.resolve(name);
            PublishedFile second = PublishedFile.read(new PublishedPlace(path, Optional.empty(), 2));
            assertEquals(1 - 12 / 64f, PublishedSet.of(second, PLAIN, path).pixel(0, 0, 0, 0));
            PublishedFile first = PublishedFile.read(PublishedPlace.of(path));
            assertEquals(12 / 64f, PublishedSet.of(first, PLAIN, path).pixel(0, 0, 0, 0));
            assertEquals(
                    "--experiment 3: must be a whole number from 1 to 2: so many sets does " + path + " hold",
                    assertThrows(
                                    ConfigException.class,
                                    () -> PublishedFile.read(new PublishedPlace(path, Optional.empty(), 3)))
                            .getMessage());
        }
        Path list = FILES.resolve("list.pt");
        assertEquals(
                "--experiment 0: must be 1: " + list + " holds one set",
                assertThrows(
                                ConfigException.class,
                                () -> PublishedFile.read(new PublishedPlace(list, Optional.empty(), 0)))
                        .getMessage());
    }

    @Test
    void imagesAndLabelsOfFilesOfTheirOwnAreFound() {
        Path images = FILES.resolve("images_best.pt");
        Path labels = FILES.resolve("labels_best.pt");
        PublishedFile file = PublishedFile.read(new PublishedPlace(images, Optional.of(labels), 1));
        CondensedSet set = PublishedSet.of(file, PLAIN, images);
        assertEquals(12 / 64f - 0.1f, set.pixel(0, 0, 0, 0));
        assertEquals(
                images + ": not readable as a condensed set: a tensor alone; --labels names the file of the labels",
                assertThrows(DataException.class, () -> PublishedFile.read(PublishedPlace.of(images)))
                        .getMessage());
        Path list = FILES.resolve("list.pt");
        assertEquals(
                list + ": not readable as a condensed set: labels are no tensor",
                assertThrows(
                                DataException.class,
                                () -> PublishedFile.read(new PublishedPlace(images, Optional.of(list), 1)))
                        .getMessage());
    }

    @Test
    void bytesBecomePixels() {
        PublishedFile file = new PublishedFile(
                NumpyArray.of(new byte[] {0, (byte) 255}, 2, 1, 1, 1), NumpyArray.of(new long[2], 2, 1));
        assertEquals(List.of(0f, 1f), pixels(PublishedSet.of(file, PLAIN, FILE)));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertEquals(
                "a.pt: 2 images of class 0 and 1 of class 1; every class must have as many",
                refusal(file(new float[3], 0, 0, 1), PLAIN));
        assertEquals("a.pt: a pixel of NaN, expected finite numbers", refusal(file(new float[] {Float.NaN}, 0), PLAIN));
        assertEquals(
                "a.pt: a pixel of Infinity, expected finite numbers",
                refusal(new PublishedFile(NumpyArray.of(new double[] {1e300}, 1, 1, 1, 1), labels(0)), PLAIN));
        assertEquals(
                "a.pt: pixels of int64, expected floats or bytes",
                refusal(new PublishedFile(NumpyArray.of(new long[1], 1, 1, 1, 1), labels(0)), PLAIN));
        assertEquals(
                "a.pt: label -1.0 of image 0, expected a class from 0; soft labels cannot be evaluated",
                refusal(file(new float[1], -1), PLAIN));
        assertEquals(
                "a.pt: labels of shape [2] for 1 images, expected one number each; soft labels cannot be evaluated",
                refusal(file(new float[1], 0, 0), PLAIN));
        assertEquals(
                "a.pt: images of shape [2], expected [images, channels, height, width]",
                refusal(new PublishedFile(NumpyArray.of(new float[2], 2), NumpyArray.of(new long[2], 2)), PLAIN));
        assertEquals(
                "a.pt: images of 1x1 have no 2x2 tiles",
                refusal(file(new float[1], 0), new Reading(2, 1, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.pt", "legacy.pt", "strided.pt"})
    void filesOfPyTorchAreFound(String name) {
        Path path = FILES.resolve(name);
        CondensedSet set = PublishedSet.of(PublishedFile.read(PublishedPlace.of(path)), PLAIN, path);
        assertEquals(
                "2 2 3 2 2",
                set.classes() + " " + set.ipc() + " " + set.channels() + " " + set.height() + " " + set.width());
        assertEquals(1e-42f, set.pixel(2, 0, 0, 1));
        assertEquals(12 / 64f, set.pixel(0, 0, 0, 0));
    }

    @Test
    void archivesOfNumpyAreFound() throws IOException {
        Path path = folder.resolve("set.npz");
        new NumpyArchive()
                .put("data", NumpyArray.of(new float[] {0.5f}, 1, 1, 1, 1))
                .put("labels", NumpyArray.of(new long[1], 1))
                .write(path);
        assertEquals(List.of(0.5f), pixels(PublishedSet.of(PublishedFile.read(PublishedPlace.of(path)), PLAIN, path)));
        new NumpyArchive().put("data", NumpyArray.of(new long[1], 1)).write(path);
        assertEquals(
                path + ": not readable as a condensed set: nothing called labels or targets in it",
                assertThrows(DataException.class, () -> PublishedFile.read(PublishedPlace.of(path)))
                        .getMessage());
    }

    @Test
    void aFileThatRunsCodeIsRefused() {
        Path path = FILES.resolve("evil.pt");
        assertEquals(
                path + ": not readable as a condensed set: the class or function posix.system, which images do not"
                        + " need",
                assertThrows(DataException.class, () -> PublishedFile.read(PublishedPlace.of(path)))
                        .getMessage());
    }
}
