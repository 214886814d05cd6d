package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.config.ConfigReader;
import io.mdc.data.Dataset;
import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.dataset.DatasetName;
import io.mdc.dataset.Datasets;
import io.mdc.fetch.Download;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.setting.Layer;
import io.mdc.testing.FileServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mdc data} and what is below it, in this process. */
class DataCommandTest {
    private static final Path FIXTURES = Path.of("src/test/resources/io/mdc/dataset");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);

    private String fixture(String name) {
        return FIXTURES.resolve(name).toString();
    }

    @Test
    void listNamesEveryDataSetWithWhatFetchingTakes() {
        Cli result = Cli.run("data", "list");
        assertEquals(ExitCode.DONE, result.code());
        for (DatasetSource source : Datasets.sources()) {
            assertTrue(
                    result.out()
                            .lines()
                            .anyMatch(line -> line.startsWith(source.name() + " ")
                                    && line.endsWith(source.card().description())),
                    result.out());
        }
        assertTrue(result.out().contains("\nshapes      built in  "), result.out());
        assertTrue(result.out().contains("\nsvhn        246.3 MB  "), result.out());
        assertTrue(result.out().contains("\nimagenet10  --data-dir"), result.out());
    }

    @Test
    void listSaysWhatIsInTheCache() throws IOException {
        Path fetched = Files.createDirectory(folder.resolve("svhn"));
        Files.createFile(fetched.resolve("train_32x32.mat"));
        assertEquals(
                ExitCode.DONE,
                Main.subcommand(new DataListCommand(console, folder)).execute("--json"));
        JsonNode list = new ObjectMapper().readTree(out.toString());
        for (JsonNode entry : list) {
            boolean there = entry.get("name").asText().equals("svhn");
            assertEquals(there ? fetched.toString() : null, entry.get("fetched").textValue());
        }
        assertEquals(Datasets.names(), list.findValuesAsText("name"));
        JsonNode file = list.get(1).get("downloads").get(0);
        assertEquals(170_052_171, file.get("bytes").asLong());
        assertEquals("MD5", file.get("algorithm").asText());
        assertEquals(
                "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                file.get("addresses").get(0).asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "~ missing required subcommand (see mdc data --help)",
                "fetch~ missing required parameter: 'NAME' (see mdc data fetch --help)",
                "fetch mnist~ data set 'mnist': must be one of shapes, cifar10, ",
                "fetch shapes~ data set 'shapes' is built in: there is nothing to fetch, use it with --dataset shapes",
                "fetch imagenet10~ data set 'imagenet10' cannot be fetched: get it from https://www.image-net.org, which"
                        + " may ask you to register, and name the directory of its files with --data-dir",
                "fetch npz~ data set 'npz' cannot be fetched: name the directory of its files with --data-dir",
                "fetch svhn --mirror ftp://example.org~ --mirror ftp://example.org: must be an address like https://",
                "fetch svhn --mirror data~ --mirror data: must be an address like https://",
                "verify --dataset mnist~ --dataset mnist: must be one of shapes, ",
                "verify --dataset svhn~ data set 'svhn' is read from files: run mdc data fetch svhn, or name their"
                        + " directory with --data-dir",
                "show --dataset folder~ data set 'folder' is read from files: name their directory with --data-dir",
                "show --size 4~ --size 4: must be auto or a whole number from 8 to 1024",
                "show --out /no/such/sheet.png~ --out /no/such/sheet.png: must be a file in a directory that exists"
            })
    void badUsageIsOneLineAndCodeTwo(String arguments, String message) {
        Cli result =
                Cli.run(("data " + (arguments == null ? "" : arguments)).strip().split(" "));
        assertEquals(ExitCode.USAGE, result.code(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("mdc: " + message), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void fetchPutsFilesIntoTheCacheOnce() throws Exception {
        byte[] content = {3, 1, 4, 1, 5};
        try (FileServer server = new FileServer()) {
            URI mirror = server.on("/mirror/", exchange -> FileServer.serve(exchange, content));
            String[] arguments = {"tiny", "--mirror", mirror.toString()};
            assertEquals(ExitCode.DONE, fetchTiny(content, arguments));
            Path file = folder.resolve("tiny/tiny.bin");
            assertArrayEquals(content, Files.readAllBytes(file));
            String use = "use it with --dataset tiny\n";
            assertEquals(file + "  fetched, SHA-256 is right\n" + use, out.toString());
            assertTrue(err.toString().startsWith("fetching tiny.bin done in "), err.toString());
            assertEquals(ExitCode.DONE, fetchTiny(content, arguments));
            assertTrue(
                    out.toString().endsWith(use + file + "  was there already, SHA-256 is right\n" + use),
                    out.toString());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void fetchPutsFilesWhereItIsTold() throws Exception {
        byte[] content = {2, 7, 1};
        try (FileServer server = new FileServer()) {
            URI missing = server.on("/missing/", exchange -> FileServer.fail(exchange, 404));
            URI mirror = server.on("/mirror/", exchange -> FileServer.serve(exchange, content));
            Path own = folder.resolve("own");
            fetchTiny(content, "tiny", "--data-dir=" + own, "--mirror=" + missing, "--mirror=" + mirror);
            assertArrayEquals(content, Files.readAllBytes(own.resolve("tiny.bin")));
            assertTrue(out.toString().endsWith("use it with --dataset tiny --data-dir " + own + "\n"), out.toString());
            assertFalse(Files.exists(folder.resolve("tiny")));
        }
    }

    private int fetchTiny(byte[] content, String... arguments) throws Exception {
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Download download = new Download("tiny.bin", List.of(), content.length, Download.Algorithm.SHA_256, checksum);
        DatasetSource tiny = new DatasetSource() {
            @Override
            public DatasetCard card() {
                return new DatasetCard("tiny", "", List.of(), Optional.empty(), "", "", List.of(download));
            }

            @Override
            public boolean readsFiles() {
                return true;
            }

            @Override
            public Dataset load(LoadRequest request) {
                throw new UnsupportedOperationException("fetching does not load");
            }
        };
        return Main.subcommand(new DataFetchCommand(console, folder, name -> tiny))
                .execute(arguments);
    }

    @Test
    void verifyCountsWhatItLoaded() {
        assertEquals(
                new Cli(
                        ExitCode.DONE,
                        "shapes: 2000 training and 1000 test images of 3x32x32 in 10 classes, loaded without"
                                + " complaint\n",
                        ""),
                Cli.run("data", "verify"));
        Cli own = Cli.run("data", "verify", "--dataset=folder", "--size=8", "--data-dir", fixture("tree"));
        assertEquals(ExitCode.DONE, own.code(), own.err());
        assertTrue(own.out().startsWith("folder: 5 training and 5 test images of 3x8x8 in 2 classes"), own.out());
    }

    @Test
    void savedImagesAreThoseThatRunsHave() {
        String[] photos = {"--dataset=folder", "--size=8", "--data-dir", fixture("tree")};
        Path saved = folder.resolve("new/saved");
        String[] save = {"data", "save", "--out", saved.toString()};
        for (int times = 0; times < 2; times++) {
            Cli result = Cli.run(Cli.join(save, photos));
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertEquals(
                    "saved  " + saved.resolve("train.npz") + "\nsaved  " + saved.resolve("test.npz")
                            + "\nuse it with --dataset npz --data-dir " + saved + "\n",
                    result.out());
        }
        Dataset as = load("dataset", "folder", "size", "8", "data-dir", fixture("tree"));
        Dataset again = load("dataset", "npz", "data-dir", saved.toString());
        assertEquals(as.normalization(), again.normalization());
        assertSame(as.train(), again.train());
        assertSame(as.test(), again.test());
    }

    private static Dataset load(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return RunData.load(ConfigReader.read(Layer.options(values)), Progress.silent());
    }

    private static void assertSame(ImageSet expected, ImageSet actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.label(i), actual.label(i));
            assertArrayEquals(expected.image(i), actual.image(i));
        }
    }

    @Test
    void imagesAreSavedIntoADirectory() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Cli refused = Cli.run("data", "save", "--dataset=npz", "--data-dir", fixture("npz"), "--out", file.toString());
        assertEquals(
                new Cli(ExitCode.USAGE, "", "mdc: --out " + file + ": must be a directory, or the name of a new one\n"),
                refused);
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void whatWasLeftOutIsCountedInTextAndJson() throws IOException {
        for (String file : List.of("train/a/1", "train/a/2", "val/a/3")) {
            Path copy = folder.resolve(file + ".png");
            Files.createDirectories(copy.getParent());
            Files.copy(FIXTURES.resolve("tree/train/a/rgb.png"), copy);
        }
        Files.writeString(folder.resolve("train/a/notes.txt"), "text");
        Files.writeString(folder.resolve("train/a/bad.jfif"), "no image");
        String[] arguments = {"--dataset=folder", "--size=8", "--skip-bad-images", "--data-dir=" + folder};
        String left = "left out 1 bad image, 1 other file (1 .txt)\n";
        Cli verified = Cli.run(Cli.join(new String[] {"data", "verify"}, arguments));
        assertEquals(
                "folder: 2 training and 1 test images of 3x8x8 in 1 classes, " + left, verified.out(), verified.err());
        Cli shown = Cli.run(Cli.join(new String[] {"data", "show"}, arguments));
        assertTrue(shown.out().startsWith("folder: images of 3x8x8, " + left), shown.out());
        JsonNode json = new ObjectMapper()
                .readTree(Cli.run(Cli.join(new String[] {"data", "show", "--json"}, arguments))
                        .out());
        assertEquals(1, json.get("skipped").asInt());
        assertEquals("{\".txt\":1}", json.get("otherFiles").toString());
    }

    @Test
    void verifyKnowsThePublishedFilesByTheirNames() {
        Cli result = Cli.run("data", "verify", "--dataset=svhn", "--data-dir", fixture("svhn"));
        assertEquals(ExitCode.DATA, result.code());
        assertEquals(
                "mdc: " + fixture("svhn/test_32x32.mat") + ": 9464 bytes, expected 64275384; it is not the published"
                        + " file: remove it and fetch or download it again\n",
                result.err());
    }

    @Test
    void verifyChecksAnArchiveInPlaceOfADirectory() {
        String archive = fixture("cifar-10-python.tar.gz");
        Cli result = Cli.run("data", "verify", "--dataset=cifar10", "--data-dir", archive);
        assertEquals(ExitCode.DATA, result.code());
        assertTrue(result.err().startsWith("mdc: " + archive + ": "), result.err());
        assertTrue(result.err().contains(" bytes, expected 170498071; "), result.err());
    }

    @Test
    void verifyFailsWhereLoadingDoes() throws IOException {
        Files.writeString(folder.resolve("train.npz"), "no archive");
        Cli result = Cli.run("data", "verify", "--dataset=npz", "--data-dir", folder.toString());
        assertEquals(ExitCode.DATA, result.code());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void showCountsClassesAndDrawsThem() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        Cli result = Cli.run("data", "show", "--out", sheet.toString());
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(result.out().startsWith("shapes: images of 3x32x32\n"), result.out());
        assertTrue(result.out().contains("\ntriangle                200   100\n"), result.out());
        assertTrue(result.out().contains("\nall 10 classes         2000  1000\n"), result.out());
        assertTrue(result.out().contains("sheet  " + sheet + ": the first 10 training images"), result.out());
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertEquals(2 + 10 * (2 * 32 + 2), image.getWidth());
        assertEquals(image.getWidth(), image.getHeight());
        Dataset data = Datasets.load(new DatasetName("shapes"), LoadRequest.of((Path) null));
        int row = 3;
        int column = 7;
        byte[] shown = data.train().image(data.train().indicesOfClass(row)[column]);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                int at = y * 32 + x;
                int rgb = ((shown[at] & 255) << 16) | ((shown[1024 + at] & 255) << 8) | (shown[2048 + at] & 255);
                assertEquals(rgb, image.getRGB(2 + column * 66 + 2 * x, 2 + row * 66 + 2 * y) & 0xFFFFFF);
            }
        }
    }

    @Test
    void showDrawsNothingUnasked() throws IOException {
        List<Path> before = files(Path.of(""));
        Cli result = Cli.run("data", "show");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(
                result.out()
                        .endsWith("\nsheet  --out FILE.png draws the first 10 training images of each class, a row"
                                + " per class in the order of the labels\n"),
                result.out());
        assertEquals(before, files(Path.of("")));
        assertTrue(new ObjectMapper()
                .readTree(Cli.run("data", "show", "--json").out())
                .get("sheet")
                .isNull());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void shownFiguresAreThoseOfTheImages() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        Cli result = Cli.run(
                "data",
                "show",
                "--json",
                "--dataset=folder",
                "--size=8",
                "--data-dir",
                fixture("tree"),
                "--out",
                sheet.toString());
        assertEquals(ExitCode.DONE, result.code(), result.err());
        JsonNode figures = new ObjectMapper().readTree(result.out());
        assertEquals(5, figures.get("train").asInt());
        assertEquals(List.of("a", "b class"), figures.get("classes").findValuesAsText("name"));
        assertEquals(List.of("3", "2"), figures.get("classes").findValuesAsText("train"));
        Dataset data = Datasets.load(
                new DatasetName("folder"),
                new LoadRequest(
                        Optional.of(FIXTURES.resolve("tree")),
                        OptionalInt.of(8),
                        List.of(),
                        false,
                        0,
                        folder,
                        1,
                        (done, all) -> {}));
        double[] mean = new double[3];
        for (int i = 0; i < 5; i++) {
            byte[] image = data.train().image(i);
            for (int k = 0; k < image.length; k++) {
                mean[k / 64] += (image[k] & 255) / 255.0 / (5 * 64);
            }
        }
        for (int c = 0; c < 3; c++) {
            assertEquals(mean[c], figures.get("computed").get("mean").get(c).asDouble(), 1e-12);
        }
        BufferedImage image = ImageIO.read(sheet.toFile());
        int side = 8 * 8 + 2;
        assertEquals(2 + 2 * side, image.getHeight());
        assertEquals(0xFFFFFF, image.getRGB(2 + 2 * side + 30, 2 + side + 30) & 0xFFFFFF, "class b has two images");
    }
}
