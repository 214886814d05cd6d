package io.mdc.dataset;

import io.mdc.data.DatasetSource;
import io.mdc.data.LoadRequest;
import io.mdc.testing.ReaderMutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every kind of data set, see {@link ReaderMutations}. */
class DatasetMutationsIT {
    private static final Path RESOURCES = Path.of("src/test/resources/io/mdc/dataset");

    @TempDir
    private Path temp;

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
                        Optional.of(folder.resolve(name)), size, List.of(), false, cache, 1, (done, all) -> {}));
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
    void tarArchives() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        Files.copy(RESOURCES.resolve("cifar-10-python.tar.gz"), folder.resolve("cifar-10-python.tar.gz"));
        check("tar", folder, new Cifar10(10), OptionalInt.empty());
    }

    @Test
    void zipArchives() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("fixture"));
        Files.copy(RESOURCES.resolve("cifar-100-python.zip"), folder.resolve("cifar-100-python.zip"));
        check("zip", folder, new Cifar100(100, 100), OptionalInt.empty(), "cifar-100-python.zip");
    }
}
