package io.mdc.dataset.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.base.DataException;
import io.mdc.data.Cache;
import io.mdc.dataset.file.Listing;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where images are found, by names alone: the files of these trees are empty. */
class ImageTreeTest {
    private static final List<String> PLAIN = List.of("train/a/1.jpg", "train/b/2.jpg", "val/a/3.jpg", "val/b/4.jpg");

    @TempDir
    private Path temp;

    private Path tree(List<String> files) throws IOException {
        Path root = temp.resolve("data");
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
        return root;
    }

    private static ImageTree read(Path root) {
        return ImageTree.of(Splits.of(root), List.of());
    }

    private static String failure(Runnable task) {
        String message = assertThrows(DataException.class, task::run).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private static List<String> names(List<ImageTree.Entry> entries) {
        return entries.stream()
                .map(entry -> entry.label() + ":" + entry.file().getFileName())
                .toList();
    }

    private static void assertPlain(ImageTree tree) {
        assertEquals(List.of("a", "b"), tree.classes());
        assertEquals(List.of("0:1.jpg", "1:2.jpg"), names(tree.train()));
        assertEquals(List.of("0:3.jpg", "1:4.jpg"), names(tree.test()));
        assertEquals(Map.of(), tree.others());
    }

    private static List<String> plain(Function<String, String> moved) {
        return PLAIN.stream().map(moved).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "train,val",
        "Train,Test",
        "training,testing",
        "TRAIN,Valid",
        "train,validation",
        "pets/train,pets/val",
        "a/b/train,a/b/test",
        "train/train,val/val",
        "pets/train/train,pets/val/val",
        "train/Train,valid/validation"
    })
    void splitsAreFoundByManyNamesAndInSingleFolders(String train, String test) throws IOException {
        assertPlain(read(tree(plain(file -> file.replace("train", train).replace("val", test)))));
    }

    @Test
    void whatFileManagersLeaveBehindIsIgnored() throws IOException {
        Path root = tree(PLAIN);
        tree(List.of(
                "__MACOSX/train/a/._1.jpg",
                ".DS_Store",
                "train/.DS_Store",
                "train/.ipynb_checkpoints/x.jpg",
                "train/@eaDir/1.jpg",
                "train/a/Thumbs.db",
                "train/a/@eaDir/1.jpg/SYNO.jpg",
                "train/a/._1.jpg",
                "val/a/desktop.ini"));
        assertPlain(read(root));
    }

    @Test
    void imagesBelowAClassAreItsOwnInTheOrderOfTorchvision() throws IOException {
        // sorted(os.walk(...)): a folder's files come before those of the folders in it, folders by their whole path.
        Path root = tree(PLAIN);
        tree(List.of("train/a/s/1.png", "train/a/s/t/0.png", "train/a/s-x/2.png", "train/a/z.webp", "train/a/S/9.bmp"));
        assertEquals(
                List.of("0:1.jpg", "0:z.webp", "0:9.bmp", "0:1.png", "0:2.png", "0:0.png", "1:2.jpg"),
                names(read(root).train()));
    }

    @Test
    void otherFilesAreCountedByKind() throws IOException {
        Path root = tree(PLAIN);
        tree(List.of(
                "README.md",
                "train/a/x.txt",
                "train/b/y.txt",
                "val/a/z.psd",
                "val/b/noending",
                "train/stray.jpg",
                "val/l.csv"));
        ImageTree tree = read(root);
        assertEquals(
                Map.of(".txt", 2, ".psd", 1, "without ending", 1, ".jpg outside class folders", 1, ".csv", 1),
                tree.others());
        assertEquals(List.of("0:1.jpg", "1:2.jpg"), names(tree.train()));
        assertEquals(
                Map.of(".txt", 1, ".csv", 1, ".jpg outside class folders", 1, "without ending", 1),
                ImageTree.of(Splits.of(root), List.of("b")).others(),
                "classes that are not wanted do not count");
    }

    @Test
    void pipesAndDevicesAreNoImagesWhateverTheirNames() throws IOException {
        Path root = tree(PLAIN);
        for (String name : List.of("train/a/pipe.jpg", "train/pipe.png", "val/a/images.zip")) {
            assumeTrue(Programs.run("mkfifo", root.resolve(name).toString()).isPresent());
        }
        Files.createSymbolicLink(root.resolve("val/b/zero.jpg"), Path.of("/dev/zero"));
        Files.createSymbolicLink(root.resolve("images.zip"), root.resolve("val/a/images.zip"));
        ImageTree tree = read(root);
        assertEquals(List.of("0:1.jpg", "1:2.jpg"), names(tree.train()));
        assertEquals(List.of("0:3.jpg", "1:4.jpg"), names(tree.test()));
        assertEquals(
                Map.of(".jpg that is a pipe or device", 2, ".zip that is a pipe or device", 1, ".png", 1),
                tree.others());
        assertEquals(List.of(), Listing.of(root).archives());
    }

    private static ImageTree heldOut(Path root, int every, String... wanted) {
        return ImageTree.heldOut(Splits.withoutTest(root, every), every, List.of(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pets/", "train/", "pets/Training/", "train/train/"})
    void everySoManiethImageOfAClassIsHeldOut(String below) throws IOException {
        List<String> files = List.of("b/2.jpg", "b/1.jpg", "a/5.jpg", "a/1.jpg", "a/3.jpg", "a/s/2.jpg", "a/x.txt");
        Path root = tree(files.stream().map(file -> below + file).toList());
        ImageTree tree = heldOut(root, 2);
        assertEquals(List.of("a", "b"), tree.classes());
        assertEquals(List.of("0:1.jpg", "0:5.jpg", "1:1.jpg"), names(tree.train()));
        assertEquals(List.of("0:3.jpg", "0:2.jpg", "1:2.jpg"), names(tree.test()));
        assertEquals(Map.of(".txt", 1), tree.others());
        assertEquals(List.of("0:1.jpg"), names(heldOut(root, 2, "b").train()));
        assertEquals(
                List.of("0:1.jpg", "0:3.jpg", "0:2.jpg"),
                names(heldOut(root, 3, "a").train()));
        assertTrue(failure(() -> heldOut(root, 3))
                .contains("/b: 2 images, of which --hold-out 3 leaves none for testing; add some, or take a smaller"));
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        Path root = tree(List.of("bus/1.jpg", "bus/2.jpg", "train/1.jpg", "train/2.jpg"));
        assertEquals(List.of("bus", "train"), heldOut(root, 2).classes());
    }

    @Test
    void thereIsNothingToHoldOutWhereTestImagesAre() throws IOException {
        Path root = tree(PLAIN);
        assertEquals(
                "--hold-out 5: is for images without test images, but " + root
                        + "/val is there; leave it out, or name the folder of the training images, or rename a class"
                        + " that is called so",
                assertThrows(ConfigException.class, () -> heldOut(root, 5)).getMessage());
        assertEquals(
                List.of("0:1.jpg", "1:2.jpg"),
                names(ImageTree.of(Splits.of(root), List.of()).train()));
    }

    @Test
    void anArchiveBesideClassesIsNotTheImages() throws IOException {
        Path root = tree(List.of("a/1.jpg", "b/2.jpg"));
        zip(root.resolve("backup.zip"), List.of("a/1.jpg"));
        Cache.Space cache = new Cache.Space(temp.resolve("cache"));
        assertEquals(root, ImagePlace.of(root, true, cache).folder());
        assertEquals(
                root.resolve("backup.zip"),
                ImagePlace.of(root, false, cache).archive().orElseThrow());
        Path archive = temp.resolve("photos.zip");
        zip(archive, plain(file -> file.replace("train", "pets").replace("val", "pets")));
        assertEquals(
                List.of("0:1.jpg", "1:2.jpg"),
                names(heldOut(ImagePlace.of(archive, true, cache).folder(), 2).train()));
    }

    @Test
    void aSplitThatIsNotUsedIsNamed() throws IOException {
        Path root = tree(PLAIN);
        tree(List.of("test/images/1.jpg"));
        Splits splits = Splits.of(root);
        assertEquals(root.resolve("val"), splits.test());
        assertEquals(List.of(root.resolve("test")), splits.unused());
    }

    private Path tinyImageNet(String annotations) throws IOException {
        Path root = tree(List.of(
                "train/n1/images/n1_0.JPEG",
                "train/n1/n1_boxes.txt",
                "train/n2/images/n2_0.JPEG",
                "val/images/val_0.JPEG",
                "val/images/val_1.JPEG",
                "val/images/val_2.JPEG",
                "test/images/test_0.JPEG",
                "wnids.txt",
                "words.txt"));
        Files.writeString(root.resolve("val/val_annotations.txt"), annotations);
        return root;
    }

    @Test
    void tinyImageNetIsReadAsItUnpacks() throws IOException {
        Path root =
                tinyImageNet("val_0.JPEG\tn2\t0\t1\t2\t3\nval_1.JPEG\tn1\t0\t0\t9\t9\nval_2.JPEG\tn2\t0\t0\t9\t9\n");
        ImageTree tree = read(root);
        assertEquals(List.of("n1", "n2"), tree.classes());
        assertEquals(List.of("0:n1_0.JPEG", "1:n2_0.JPEG"), names(tree.train()));
        assertEquals(List.of("0:val_1.JPEG", "1:val_0.JPEG", "1:val_2.JPEG"), names(tree.test()));
        assertEquals(Map.of(".txt", 1), tree.others());
        assertEquals(
                List.of("0:val_0.JPEG", "0:val_2.JPEG"),
                names(ImageTree.of(Splits.of(root), List.of("n2")).test()));
        assertTrue(failure(() -> ImageTree.of(Splits.of(root), List.of("n3")))
                .startsWith(root + "/train/n3: no such folder"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "val_0.JPEG n1;val_1.JPEG n2|val_2.JPEG: no line of ",
                "val_0.JPEG n1;val_1.JPEG n2;val_2.JPEG n1;val_3.JPEG n1|val_3.JPEG: no such image, but ",
                "val_0.JPEG n1;val_1.JPEG n1;val_2.JPEG n1|val_annotations.txt: no image of class n2, but ",
                "val_0.JPEG n1;val_1.JPEG n2;val_2.JPEG n3|train/n3: no such folder, but class n3 of ",
                "val_0.JPEG n1;val_1.JPEG|val_annotations.txt: line 2 is not an image and its class"
            })
    void annotationsThatDoNotFitTheImagesAreNamed(String annotations, String expected) throws IOException {
        Path root = tinyImageNet(annotations.replace(';', '\n').replace(' ', '\t'));
        String message = failure(() -> read(root));
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat/1.jpg,dog/2.jpg,x.txt|data: no folder of training images in it, but folders cat, dog, file x.txt; needed are",
                "train/a/1.jpg|data: no folder of test images in it, but folder train; needed are",
                "cat/1.jpg,dog/2.jpg|, or --hold-out 5 to test on every fifth image",
                "train/a/1.jpg,Validierung/a/1.jpg|data: no folder of test images in it, but folders Validierung, train; needed",
                "train/1.jpg,train/2.jpg,val/3.jpg|data/train: no class folders in it, but 2 images; needed are class folders",
                "train/a/1.jpg,val/images/1.jpg|data/val: none of the classes of ",
                "train/a/1.jpg,val/images/1.jpg|in it, but folder images; needed are class folders train/<class>/ and val/<class>/",
                "train/a/1.jpg,train/b/1.jpg,val/a/1.jpg|data/val/b: no such folder, but ",
                "train/a/1.pdf,val/a/1.jpg|data/train/a: no images in it, but file 1.pdf; each class needs some: add them, or name the other",
                "x/train.zip,x/val.zip|data/x: no folder of training images in it, but archives train.zip, val.zip; needed are",
                "x/train.zip,x/val.zip|; unpack archives train.zip, val.zip first"
            })
    void messagesSayWhatWasFoundAndWhatIsNeeded(String files, String expected) throws IOException {
        Path root = tree(List.of(files.split(",")));
        String message = failure(() -> read(root));
        assertTrue(message.contains(expected), message);
    }

    @Test
    void linksThatLeadNowhereOrInACircleAreNamed() throws IOException {
        Path root = tree(PLAIN);
        Path link = Files.createSymbolicLink(root.resolve("train/a/0.jpg"), temp.resolve("gone"));
        assertTrue(failure(() -> read(root)).startsWith(link + ": a link to what is not there"));
        Files.delete(link);
        link = Files.createSymbolicLink(root.resolve("train/c"), temp.resolve("gone"));
        assertTrue(failure(() -> read(root)).startsWith(root + "/train/c: a link to what is not there"));
        Files.delete(link);
        link = Files.createSymbolicLink(root.resolve("train/a/again"), root.resolve("train/a"));
        assertTrue(failure(() -> read(root)).startsWith(root + "/train/a/again: a link that leads in a circle"));
        Files.delete(link);
        Files.createSymbolicLink(root.resolve("train/a/other"), root.resolve("val/a"));
        assertEquals(List.of("0:1.jpg", "0:3.jpg", "1:2.jpg"), names(read(root).train()));
    }

    private void zip(Path file, List<String> entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
    }

    @Test
    void linksInArchivesAreTheFilesThatTheyName() throws IOException {
        Path archive = temp.resolve("linked.tar");
        tar(archive, Map.of("train/a/2.jpg", "1.jpg", "train/b/1.jpg", "../a/2.jpg", "README", "/nowhere"));
        Path folder = place(archive).folder();
        assertEquals("content", Files.readString(folder.resolve("train/a/2.jpg")));
        assertEquals("content", Files.readString(folder.resolve("train/b/1.jpg")));
        assertFalse(Files.exists(folder.resolve("README")));
        for (Map<String, String> wrong :
                List.of(Map.of("val", "train"), Map.of("x.jpg", "../../x.jpg"), Map.of("x.jpg", "nowhere"))) {
            Path other = temp.resolve(wrong.size() + wrong.toString().hashCode() + ".tar");
            tar(other, wrong);
            assertTrue(failure(() -> place(other)).contains("cannot be unpacked (it holds a link "));
        }
    }

    /** With {@code train/a/1.jpg}, and symbolic links by name. */
    private static void tar(Path file, Map<String, String> links) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            byte[] content = "content".getBytes(StandardCharsets.UTF_8);
            for (Map.Entry<String, String> link : links.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
                entry.setLinkName(link.getValue());
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry entry = new TarArchiveEntry("train/a/1.jpg");
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
    }

    private ImagePlace place(Path directory) {
        return ImagePlace.of(directory, false, new Cache.Space(temp.resolve("cache")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"images.zip", "archive.zip", "Photos.ZIP"})
    void theOnlyArchiveIsUnpackedWhateverItsName(String name) throws IOException {
        Path data = temp.resolve("data");
        zip(data.resolve(name), plain(file -> "pets/" + file));
        Files.createFile(data.resolve("notes.txt"));
        ImagePlace place = place(data);
        assertPlain(read(place.folder()));
        assertEquals(data.resolve(name), place.archive().orElseThrow());
        assertPlain(read(place(data.resolve(name)).folder()));
    }

    @Test
    void ofSeveralArchivesOneMustBeNamedUnlessFoldersAreThere() throws IOException {
        Path data = temp.resolve("data");
        zip(data.resolve("train.zip"), List.of("a/1.jpg"));
        zip(data.resolve("val.zip"), List.of("a/1.jpg"));
        assertEquals(
                data
                        + ": no folder of training images in it, but archives train.zip, val.zip; name the archive that holds"
                        + " train/ and val/, or unpack them",
                failure(() -> place(data)));
        assertEquals(data, place(tree(PLAIN)).folder());
        zip(data.resolve("images.zip"), List.of("a/1.jpg"));
        assertEquals(data, place(data).folder(), "what was unpacked may have been mended");
    }

    @Test
    void failuresInAnArchiveNameItAndNotTheCache() throws IOException {
        Path archive = temp.resolve("nested.zip");
        zip(archive, List.of("all/train.zip", "all/val.zip"));
        ImagePlace place = place(archive);
        DataException failure = assertThrows(DataException.class, () -> read(place.folder()));
        String message = place.named(failure).getMessage();
        assertTrue(
                message.startsWith(archive + "/all: no folder of training images in it, but archives train.zip"),
                message);
    }

    @Test
    void whatIsNeitherFolderNorArchiveIsNamed() throws IOException {
        for (Path wrong : List.of(temp.resolve("gone"), Files.createFile(temp.resolve("photos.rar")))) {
            String message = failure(() -> place(wrong));
            assertTrue(message.startsWith(wrong + ": neither a folder nor an archive (.zip, "), message);
        }
    }
}
