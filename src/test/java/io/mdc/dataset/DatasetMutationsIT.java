package io.mdc.dataset;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.file.Archives;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.testing.Folders;
import io.mdc.testing.ReaderMutations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Damaged files of every kind of data set, see {@link ReaderMutations}. */
class DatasetMutationsIT {
    private static final Path RESOURCES = Path.of("src/test/resources/io/mdc/dataset");

    private static final Logger NOTES = (Logger) LoggerFactory.getLogger(ArraySplit.class);

    @TempDir
    private Path temp;

    @BeforeAll
    static void leaveOutNotes() {
        NOTES.setLevel(Level.WARN);
    }

    @AfterAll
    static void takeNotes() {
        NOTES.setLevel(null);
    }

    private Path copy(String from, String to) throws IOException {
        Path source = RESOURCES.resolve(from);
        Path target = temp.resolve("fixture").resolve(to);
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
        return temp.resolve("fixture");
    }

    private void check(String family, Path fixture, DatasetSource source, OptionalInt size) throws Exception {
        check(family, fixture, source, size, "");
    }

    private void check(String family, Path fixture, DatasetSource source, OptionalInt size, String name)
            throws Exception {
        Path cache = temp.resolve("cache");
        ReaderMutations.check(family, fixture, folder -> {
            try {
                source.load(new LoadRequest(
                        Optional.of(folder.resolve(name)), size, List.of(), false, 0, cache, 1, (done, all) -> {}));
            } finally {
                delete(cache);
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    @Test
    void arrays() throws Exception {
        check("npz", copy("npz", ""), new NumpyFolder(), OptionalInt.empty());
    }

    @Test
    void arraysOfBothSplits() throws Exception {
        check("npz-one-file", copy("npz-medmnist", ""), new NumpyFolder(), OptionalInt.empty());
    }

    /** Damaged before they are packed, so that no checksum tells; in unusual orders, so that they are converted. */
    @Test
    void unpackedArrays() throws Exception {
        Path fixture = Files.createDirectory(temp.resolve("fixture"));
        NumpyArchive kinds =
                NumpyArchive.read(RESOURCES.resolve("npz-kinds.npz"), Set.of("bytes", "labels", "nhwc", "onehot"));
        write(kinds.get("bytes"), fixture.resolve("train_images.npy"));
        write(kinds.get("labels"), fixture.resolve("train_labels.npy"));
        write(kinds.get("nhwc"), fixture.resolve("test_images.npy"));
        write(kinds.get("onehot"), fixture.resolve("test_labels.npy"));
        Path packed = temp.resolve("packed.npz");
        ReaderMutations.check("npy", fixture, folder -> {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
                for (Path file : Folders.files(folder)) {
                    zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                    Files.copy(file, zip);
                }
            }
            new NumpyFolder().load(LoadRequest.of(packed));
        });
    }

    private static void write(NumpyArray array, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            array.write(out);
        }
    }

    @Test
    void pickles() throws Exception {
        check("pickle10", pickled("cifar-10-python.tar.gz"), new Cifar10(10), OptionalInt.empty());
    }

    @Test
    void picklesSavedAnew() throws Exception {
        check("pickle10-resaved", pickled("cifar-10-resaved.tar.gz"), new Cifar10(10), OptionalInt.empty());
    }

    @Test
    void picklesOfAHundredClasses() throws Exception {
        check("pickle100", pickled("cifar-100-python.zip"), new Cifar100(100, 100), OptionalInt.empty());
    }

    private Path pickled(String archive) throws IOException {
        LoadRequest request = new LoadRequest(
                Optional.of(RESOURCES.resolve(archive)),
                OptionalInt.empty(),
                List.of(),
                false,
                0,
                temp.resolve("unpacked"),
                1,
                (done, all) -> {});
        return Archives.folder(RESOURCES.resolve(archive), List.of(), request.space());
    }

    @Test
    void records() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        for (String name : CifarLayout.TEN.binaryFiles()) {
            byte[] bytes = new byte[10 * 3073];
            for (int i = 0; i < 10; i++) {
                bytes[i * 3073] = (byte) i;
            }
            Files.write(folder.resolve(name), bytes);
        }
        Files.writeString(folder.resolve(CifarLayout.TEN.binaryNames()), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
        check("cifar-binary", folder, new Cifar10(10), OptionalInt.empty());
    }

    @Test
    void matlabFiles() throws Exception {
        check("svhn", copy("svhn", ""), new Svhn(), OptionalInt.empty());
    }

    @Test
    void idxFiles() throws Exception {
        check("idx", copy("idx", ""), new Idx(), OptionalInt.empty());
    }

    @Test
    void picturesInFolders() throws Exception {
        check("pictures", copy("tree", ""), ImageFolder.own(), OptionalInt.of(16));
    }

    @Test
    void compressedTarArchives() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        Files.copy(RESOURCES.resolve("cifar-10-python.tar.gz"), folder.resolve("cifar-10-python.tar.gz"));
        check("tar-gz", folder, new Cifar10(10), OptionalInt.empty());
    }

    @Test
    void tarArchives() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RESOURCES.resolve("cifar-10-python.tar.gz")))) {
            Files.copy(in, folder.resolve("cifar.tar"));
        }
        check("tar", folder, new Cifar10(10), OptionalInt.empty(), "cifar.tar");
    }

    @Test
    void zipArchives() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        Files.copy(RESOURCES.resolve("cifar-100-python.zip"), folder.resolve("cifar-100-python.zip"));
        check("zip", folder, new Cifar100(100, 100), OptionalInt.empty(), "cifar-100-python.zip");
    }
}
