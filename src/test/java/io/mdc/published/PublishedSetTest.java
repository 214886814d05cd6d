package io.mdc.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DataException;
import io.mdc.data.Normalization;
import io.mdc.evaluate.CondensedSet;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
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
    private static final Path FILE = Path.of("a.pt");

    @TempDir
    private Path folder;

    /** One pixel per image. */
    private static PublishedFile file(float[] pixels, long... labels) {
        return new PublishedFile(NumpyArray.of(pixels, pixels.length, 1, 1, 1), NumpyArray.of(labels, labels.length));
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
        assertEquals(
                "a.pt: a pixel of 1.5, expected floats from 0 to 1 or bytes; --normalised turns normalised pixels back",
                refusal(file(new float[] {1.5f}, 0), PLAIN));
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
        Path path = Path.of("src/test/resources/io/mdc/torch", name);
        CondensedSet set = PublishedSet.of(PublishedFile.read(path), PLAIN, path);
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
        assertEquals(List.of(0.5f), pixels(PublishedSet.of(PublishedFile.read(path), PLAIN, path)));
        new NumpyArchive().put("data", NumpyArray.of(new long[1], 1)).write(path);
        assertEquals(
                path + ": not readable as a condensed set: nothing called labels or targets in it",
                assertThrows(DataException.class, () -> PublishedFile.read(path))
                        .getMessage());
    }

    @Test
    void aFileThatRunsCodeIsRefused() {
        Path path = Path.of("src/test/resources/io/mdc/torch/evil.pt");
        assertEquals(
                path + ": not readable as a condensed set: the class or function posix.system, which images do not"
                        + " need",
                assertThrows(DataException.class, () -> PublishedFile.read(path))
                        .getMessage());
    }
}
