package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetsTest {
    private static ImageSet images(int classes, int channels, int side) {
        return new ImageSet(new byte[channels * side * side], new int[1], classes, channels, side, side);
    }

    private static Dataset dataset(ImageSet train, ImageSet test, int channels) {
        return new Dataset("x", List.of("a", "b"), train, test, Normalization.identity(channels), List.of());
    }

    @Test
    void theBuiltInSetComesFirst() {
        assertEquals(List.of("shapes", "cifar10", "cifar100", "svhn", "imagenet10", "folder", "npz"), Datasets.names());
        assertFalse(Datasets.sources().get(0).readsFiles());
    }

    @Test
    void everySourceIsFoundByItsName() {
        for (DatasetSource source : Datasets.sources()) {
            assertEquals(source, Datasets.source(source.name()));
            assertFalse(source.card().description().isBlank());
        }
    }

    @Test
    void unknownNameListsTheKnownOnes() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Datasets.load("cifar", LoadRequest.of(null)));
        assertEquals(
                "unknown data set 'cifar', expected one of: " + String.join(", ", Datasets.names()), e.getMessage());
    }

    @Test
    void aSetOfFilesNeedsADirectory() {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Datasets.load("cifar10", LoadRequest.of(null)));
        assertEquals(
                "data set 'cifar10' is read from files: run mdc data fetch cifar10, or name their directory with --data-dir",
                e.getMessage());
    }

    @Test
    void partsOfADataSetMustFit() {
        ImageSet good = images(2, 3, 4);
        assertEquals(2, dataset(good, good, 3).classes());
        assertThrows(IllegalArgumentException.class, () -> dataset(images(3, 3, 4), good, 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, images(3, 3, 4), 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, images(2, 3, 5), 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, good, 1));
    }

    @Test
    void sourceFilesRefuseMalformedChecksums() {
        assertThrows(IllegalArgumentException.class, () -> new SourceFile("f", 1, "abc"));
        assertThrows(IllegalArgumentException.class, () -> new SourceFile("f", -1, "0".repeat(64)));
    }
}
