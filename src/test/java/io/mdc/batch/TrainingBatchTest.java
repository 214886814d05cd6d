package io.mdc.batch;

import static io.mdc.testing.Numbers.assertClose;
import static io.mdc.testing.Numbers.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Augmentations;
import io.mdc.augment.CutMix;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.Pictures;
import io.mdc.testing.TestBackends;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Image sources and the batches filled from them. */
class TrainingBatchTest {
    private static final Augmentation NONE = new Augmentation(Augmentations.parse("none"), Normalization.identity(2));

    private static ImageSet set() {
        byte[] pixels = new byte[4 * 2 * 9];
        new SplittableRandom(1).nextBytes(pixels);
        return new ImageSet(pixels, new int[] {2, 0, 1, 2}, 3, 2, 3, 3);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void realImagesAreNormalisedAsTheyAreLoaded(Backend backend) {
        Normalization normalization = new Normalization(List.of(0.4, 0.5), List.of(0.2, 0.25));
        RealImages source = new RealImages(backend.images(), set(), normalization);
        assertEquals(4, source.size());
        assertEquals(1, source.label(2));
        Tensor out = backend.zeros(3, 2, 3, 3);
        int[] numbers = {3, 0, 3};
        source.load(numbers, out);
        float[] expected = Pictures.normalised(set(), numbers, normalization);
        double[] wide = new double[54];
        for (int i = 0; i < 54; i++) {
            wide[i] = expected[i];
        }
        assertClose(wide, out.toDoubles(), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void tensorImagesAreCopied(Backend backend) {
        Tensor images = uniform(backend, new SplittableRandom(2), 5, 2, 3, 3);
        // rows of a tensor are a source too
        TensorImages source = new TensorImages(backend.images(), images.rows(1, 4), new int[] {7, 8, 9});
        assertEquals(3, source.size());
        assertEquals(8, source.label(1));
        Tensor out = backend.zeros(2, 2, 3, 3);
        source.load(new int[] {2, 0}, out);
        assertArrayEquals(images.rows(3, 4).toDoubles(), out.rows(0, 1).toDoubles());
        assertArrayEquals(images.rows(1, 2).toDoubles(), out.rows(1, 2).toDoubles());
    }

    @Test
    void aBatchHoldsImagesAndOneHotLabels() {
        Backend backend = TestBackends.HOST;
        RealImages source = new RealImages(backend.images(), set(), Normalization.identity(2));
        TrainingBatch batch = new TrainingBatch(backend, 3, new int[] {2, 3, 3}, 3);
        Tensor images = batch.images();
        batch.fill(source, new int[] {1, 2, 0}, NONE, new CutMix(0), new SplittableRandom(3));
        assertArrayEquals(
                new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, batch.targets().toDoubles());
        Tensor expected = backend.zeros(3, 2, 3, 3);
        source.load(new int[] {1, 2, 0}, expected);
        assertArrayEquals(expected.toDoubles(), batch.images().toDoubles());
        batch.fill(source, new int[] {3, 3, 3}, NONE, new CutMix(0), new SplittableRandom(3));
        assertSame(images, batch.images());
        assertArrayEquals(
                new double[] {0, 0, 1, 0, 0, 1, 0, 0, 1}, batch.targets().toDoubles());
    }

    @Test
    void aBatchIsAugmentedAndMixedBySeed() {
        Backend backend = TestBackends.HOST;
        RealImages source = new RealImages(backend.images(), set(), Normalization.identity(2));
        TrainingBatch batch = new TrainingBatch(backend, 4, new int[] {2, 3, 3}, 3);
        Augmentation augmentation = new Augmentation(Augmentations.parse("color,crop"), Normalization.identity(2));
        int[] numbers = {0, 1, 2, 3};
        batch.fill(source, numbers, augmentation, new CutMix(1), new SplittableRandom(4));
        double[] images = batch.images().toDoubles();
        double[] targets = batch.targets().toDoubles();
        batch.fill(source, numbers, augmentation, new CutMix(1), new SplittableRandom(4));
        assertArrayEquals(images, batch.images().toDoubles());
        assertArrayEquals(targets, batch.targets().toDoubles());
        // the same by hand
        SplittableRandom random = new SplittableRandom(4);
        Tensor expected = backend.zeros(4, 2, 3, 3);
        source.load(numbers, expected);
        augmentation.drawEach(random, 3, 4).apply(backend.images(), expected);
        double[] labels = {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1};
        new CutMix(1).apply(random, backend.images(), expected, labels);
        assertArrayEquals(expected.toDoubles(), images);
        assertClose(labels, targets, 1e-6);
    }

    @Test
    void anotherNumberOfImagesIsRefused() {
        Backend backend = TestBackends.HOST;
        TrainingBatch batch = new TrainingBatch(backend, 3, new int[] {2, 3, 3}, 3);
        RealImages source = new RealImages(backend.images(), set(), Normalization.identity(2));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> batch.fill(source, new int[2], NONE, new CutMix(0), new SplittableRandom(1)))
                .getMessage();
        assertEquals("2 images for a batch of 3", message);
    }
}
