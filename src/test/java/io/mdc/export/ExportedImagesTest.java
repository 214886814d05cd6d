package io.mdc.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.data.Normalization;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.PrefixImages;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportedImagesTest {
    private static float[] image(ExportedImages images, int row) {
        int length = images.values().length / images.count();
        return Arrays.copyOfRange(images.values(), row * length, (row + 1) * length);
    }

    @Test
    void storedImagesAreThoseOfTheSetSizeBySize() {
        CondensedSet set = TinyExport.set(3, 4, 2);
        ExportedImages images = TinyExport.images(set, 2, ImageKind.STORED);
        assertEquals("[4, 3, 4, 4]", Arrays.toString(images.shape()));
        assertArrayEquals(new long[] {0, 1, 0, 1}, images.labels());
        assertEquals(2, images.perPrefix());
        for (int row = 0; row < 4; row++) {
            int stored = row % 2 * TinyExport.IPC + row / 2;
            assertEquals(set.pixel(stored, 2, 1, 3), image(images, row)[2 * 16 + 7]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void trainingImagesAreThoseTheEvaluatorTrainsOn(int size) {
        CondensedSet set = TinyExport.set(3, 5, 2);
        ExportedImages images = TinyExport.images(set, TinyExport.IPC, ImageKind.TRAINING);
        PrefixImages expected = PrefixImages.whole(set, TestBackends.HOST, Normalization.identity(3))
                .prefix(size);
        Tensor out = TestBackends.HOST.zeros(1, 3, 5, 5);
        for (int i = 0; i < expected.size(); i++) {
            int inClass = i % (size * 4);
            int row = (inClass / 4 * TinyExport.CLASSES + expected.label(i)) * 4 + inClass % 4;
            expected.load(new int[] {i}, out);
            assertArrayEquals(out.toFloats(), image(images, row), "image " + i);
            assertEquals(expected.label(i), images.label(row));
        }
    }

    @Test
    void smallerSetsAreTheFirstRows() {
        CondensedSet set = TinyExport.set(1, 4, 2);
        ExportedImages one = TinyExport.images(set, 1, ImageKind.TRAINING);
        ExportedImages all = TinyExport.images(set, 3, ImageKind.TRAINING);
        assertEquals(one.count(), all.perPrefix());
        assertArrayEquals(one.values(), Arrays.copyOf(all.values(), one.values().length));
        assertArrayEquals(one.labels(), Arrays.copyOf(all.labels(), one.count()));
    }

    @Test
    void bytesAreRoundedAndClamped() {
        float[] values = {-1, 0.0019f, 0.002f, 1.5f};
        ExportedImages images = new ExportedImages(values, new int[] {2, 1, 1, 2}, 1, List.of("one"));
        assertArrayEquals(new byte[] {0, 0}, images.bytes(0));
        assertArrayEquals(new byte[] {1, (byte) 255}, images.bytes(1));
        assertTrue(images.lostInBytes().orElseThrow().startsWith("50.0 % of the values are below 0 or above 1 and"));
        assertEquals(Optional.empty(), TinyExport.images().lostInBytes());
        float[] rounded = {-0.001f, 1.001f};
        assertEquals(
                Optional.empty(), new ExportedImages(rounded, new int[] {1, 1, 1, 2}, 1, List.of("one")).lostInBytes());
        for (Format format : Format.values()) {
            boolean bytes = format == Format.CIFAR_BINARY || format == Format.FOLDER;
            assertEquals(bytes, format.writer().loss(images).isPresent(), format.toString());
        }
    }

    @Test
    void namesOfOtherClassesAreRefused() {
        CondensedSet set = TinyExport.set(1, 4, 1);
        assertEquals(
                "the run has names of 1 classes and images of 2; its files are not of one run",
                assertThrows(
                                DataException.class,
                                () -> ExportedImages.of(set, 1, ImageKind.STORED, List.of("cat"), TestBackends.HOST))
                        .getMessage());
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        List<String> names = TinyExport.NAMES;
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExportedImages(new float[3], new int[] {2, 1, 1, 2}, 2, names));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExportedImages(new float[3], new int[] {3, 1, 1, 1}, 2, names));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ExportedImages(new float[3], new int[] {3, 1, 1, 1}, 3, names));
    }
}
