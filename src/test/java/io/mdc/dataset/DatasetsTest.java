package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.fetch.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DatasetsTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Datasets.class);

    private final ListAppender<ILoggingEvent> notes = new ListAppender<>();

    @TempDir
    private Path cache;

    @BeforeEach
    void takeNotes() {
        notes.start();
        LOG.addAppender(notes);
    }

    @AfterEach
    void endNotes() {
        LOG.detachAppender(notes);
    }

    private static ImageSet images(int classes, int channels, int side) {
        return new ImageSet(new byte[channels * side * side], new int[1], classes, channels, side, side);
    }

    private static Dataset dataset(ImageSet train, ImageSet test, int channels) {
        return new Dataset("x", List.of("a", "b"), train, test, Normalization.identity(channels), List.of());
    }

    @Test
    void theBuiltInSetComesFirst() {
        assertEquals(
                List.of("shapes", "cifar10", "cifar100", "svhn", "imagenet10", "folder", "npz", "idx"),
                Datasets.names());
        assertFalse(Datasets.sources().get(0).readsFiles());
    }

    @Test
    void everySourceIsFoundByItsName() {
        for (DatasetSource source : Datasets.sources()) {
            assertEquals(source, new DatasetName(source.name()).source());
            assertFalse(source.card().description().isBlank());
        }
    }

    @Test
    void unknownNameListsTheKnownOnes() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new DatasetName("cifar"));
        assertEquals("must be one of " + String.join(", ", Datasets.names()), e.getMessage());
    }

    private LoadRequest withoutDirectory() {
        return new LoadRequest(Optional.empty(), OptionalInt.empty(), List.of(), false, 0, cache, 1, (done, all) -> {});
    }

    @Test
    void aSetOfFilesNeedsADirectory() {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Datasets.load(new DatasetName("cifar10"), withoutDirectory()));
        assertEquals(
                "data set 'cifar10' is read from files: run mdc data fetch cifar10, or name their directory with"
                        + " --data-dir",
                e.getMessage());
    }

    @Test
    void whatWasFetchedIsTheDefaultDirectory() throws IOException {
        Path fetched = Files.createDirectory(cache.resolve("cifar10"));
        Path part = Files.writeString(fetched.resolve("cifar-10-binary.tar.gz.part"), "x");
        assertEquals(Optional.empty(), Datasets.fetched(new DatasetName("cifar10").source(), cache));
        Files.move(part, fetched.resolve("test_batch.bin"));
        assertEquals(Optional.of(fetched), Datasets.fetched(new DatasetName("cifar10").source(), cache));
        Exception e =
                assertThrows(DataException.class, () -> Datasets.load(new DatasetName("cifar10"), withoutDirectory()));
        assertTrue(e.getMessage().startsWith(fetched.toString()), e.getMessage());
    }

    @Test
    void whatWasFetchedIsLoadedWithoutADirectory() throws IOException {
        Path fetched = Files.createDirectory(cache.resolve("svhn"));
        for (Download download : new DatasetName("svhn").source().card().downloads()) {
            Files.copy(
                    Path.of("src/test/resources/io/mdc/dataset/svhn", download.file()),
                    fetched.resolve(download.file()));
        }
        Dataset data = Datasets.load(new DatasetName("svhn"), withoutDirectory());
        assertEquals(6, data.train().size());
        assertEquals(
                List.of("svhn: no test images of classes 0, 1, 2, 3, 7 and 2 more, of which accuracies tell nothing"),
                notes.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        assertTrue(data.sources().get(0).path().startsWith(fetched.toString()));
    }

    @Test
    void aSetThatCannotBeFetchedIsNotLookedForInTheCache() throws IOException {
        Files.createFile(Files.createDirectory(cache.resolve("shapes")).resolve("file"));
        assertEquals(Optional.empty(), Datasets.fetched(new DatasetName("shapes").source(), cache));
    }

    @Test
    void partsOfADataSetMustFit() {
        ImageSet good = images(2, 3, 4);
        assertEquals(2, dataset(good, good, 3).classes());
        assertThrows(IllegalArgumentException.class, () -> dataset(images(3, 3, 4), good, 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, images(3, 3, 4), 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, images(2, 3, 5), 3));
        assertThrows(IllegalArgumentException.class, () -> dataset(good, good, 1));
        ImageSet none = new ImageSet(new byte[0], new int[0], 2, 3, 4, 4);
        assertThrows(IllegalArgumentException.class, () -> dataset(good, none, 3));
    }

    @Test
    void sourceFilesRefuseMalformedChecksums() {
        assertThrows(IllegalArgumentException.class, () -> new SourceFile("f", 1, "abc"));
        assertThrows(IllegalArgumentException.class, () -> new SourceFile("f", -1, "0".repeat(64)));
    }
}
