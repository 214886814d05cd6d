package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that users get wrong ends with one line that says what, where and what to do, and with its exit code. */
class BadInputIT {
    private static final long CIFAR_FILE = 10_000L * 3073;
    private static final List<String> CIFAR_FILES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");

    @TempDir
    private static Path shared;

    private static Path finished;

    @TempDir
    private Path folder;

    @BeforeAll
    static void condense() {
        finished = shared.resolve("finished");
        Cli result = Cli.run(TinyCommand.condense(finished, "--outer=1", "--inner=1"));
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--no-such-option~ unknown option --no-such-option",
                "--method=fast~ --method fast: must be one of ",
                "--ipc=0~ --ipc 0: must be a whole number from 1 to 10000",
                "--outer=many~ --outer many: must be a whole number",
                "--factor=14~ --factor 14: does not fit images of 32x32 pixels",
                "--factor=17~ --factor 17: must be a whole number from 1 to 16",
                "--depth=6~ --depth 6: must be at most 5 for images of 32x32 pixels",
                "--class-shard=6/5~ --class-shard 6/5: k must be from 1 to 5",
                "--class-shard=half~ --class-shard half: must be k/n",
                "--class-shard=1/99~ --class-shard 1/99: there are only 10 classes to share",
                "--data-dir=/photos~ --data-dir /photos: is for data sets in files; shapes is built in, --dataset names others",
                "--size=64~ --size 64: is for images in folders; those of shapes have one size",
                "--dataset=mnist~ --dataset mnist: must be one of shapes, cifar10, cifar100, svhn, imagenet10, folder, npz, idx",
                "--dataset=cifar10~ data set 'cifar10' is read from files: run mdc data fetch cifar10, or name"
                        + " their directory with --data-dir"
            })
    void wrongSettingIsNamedAndLeavesNoDirectoryBehind(String option, String message) {
        Path out = folder.resolve("run");
        assertRefused(ExitCode.USAGE, message, TinyCommand.condense(out, option));
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "resnet10-ap~ --match conv-bias: the network has no parameter of these kinds",
                "convnet~ --match conv-bias: the network's norms cancel these biases, so nothing would be matched"
            })
    void aNetworkWithoutWhatIsToBeMatchedLeavesNoDirectoryBehind(String network, String message) {
        Path out = folder.resolve("run");
        assertRefused(ExitCode.USAGE, message, TinyCommand.condense(out, "--network=" + network, "--match=conv-bias"));
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--ipc=100~ --ipc 100: needs 400 real images of each class to start from",
                "--start-index=25~ --ipc 2: needs 208 real images of each class to start from"
            })
    void tooFewImagesOfAClassAreMissingData(String option, String message) {
        Path out = folder.resolve("run");
        assertRefused(ExitCode.DATA, message, TinyCommand.condense(out, option));
        assertFalse(Files.exists(out));
    }

    @Test
    void shardsThatAreNotThereCannotBeMerged() throws IOException {
        assertRefused(ExitCode.USAGE, folder + ": has no shards of a run", "merge", folder.toString());
        assertRefused(ExitCode.USAGE, finished + ": has no shards of a run", "merge", finished.toString());
    }

    @Test
    void runDirectoryThatIsNotEmptyIsLeftAlone() throws IOException {
        Path note = Files.writeString(folder.resolve("note.txt"), "mine");
        assertRefused(ExitCode.USAGE, "--out " + folder + ": exists already", TinyCommand.condense(folder));
        assertEquals("mine", Files.readString(note));
        assertFalse(Files.exists(folder.resolve("config.yaml")));
    }

    @Test
    void fileInPlaceOfTheRunDirectoryIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertRefused(
                ExitCode.USAGE,
                "--out " + file + ": cannot be written: a file is in its place",
                TinyCommand.condense(file));
        Path below = file.resolve("run");
        assertRefused(ExitCode.USAGE, "--out " + below + ": cannot be written: ", TinyCommand.condense(below));
    }

    @Test
    void directoryWithoutPermissionIsNamed() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assertTrue(closed.toFile().setWritable(false));
        assumeFalse(Files.isWritable(closed), "this user may write anywhere");
        Path out = closed.resolve("run");
        assertRefused(
                ExitCode.USAGE, "--out " + out + ": cannot be written: permission denied", TinyCommand.condense(out));
    }

    @Test
    void onlyARunCanBeResumed() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        for (Path path : List.of(folder, nowhere)) {
            String message = path + ": not a run directory, it has no config.yaml";
            assertRefused(ExitCode.USAGE, message, "condense", "--resume", "--out", path.toString());
            assertRefused(ExitCode.USAGE, message, "evaluate", path.toString());
        }
        Files.writeString(folder.resolve("config.yaml"), "ipc: [1, 2\n");
        assertRefused(
                ExitCode.USAGE,
                folder.resolve("config.yaml").toString(),
                "condense",
                "--resume",
                "--out",
                folder.toString());
    }

    @Test
    void runWithoutCheckpointBeginsAgainToTheSameBytes() throws IOException {
        Path run = copyOfFinished("checkpoint/state.npz", "synthetic.npz");
        Cli resumed = Cli.run("condense", "--resume", "--out", run.toString());
        assertEquals(ExitCode.DONE, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains(run + ": no checkpoint yet, beginning with the first loop"), resumed.err());
        assertEquals(-1, Files.mismatch(finished.resolve("synthetic.npz"), run.resolve("synthetic.npz")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
    void truncatedCheckpointIsReported(double kept) throws IOException {
        Path run = copyOfFinished();
        Path file = run.resolve("checkpoint/state.npz");
        try (RandomAccessFile state = new RandomAccessFile(file.toFile(), "rw")) {
            state.setLength((long) (kept * state.length()));
        }
        assertRefused(ExitCode.DATA, file + ": the checkpoint is damaged", "condense", "--resume", "--out", run + "");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.6, 0.9, 0.999})
    void changedByteInACheckpointIsReported(double place) throws IOException {
        Path run = copyOfFinished();
        Path file = run.resolve("checkpoint/state.npz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (place * bytes.length)] ^= 0x10;
        Files.write(file, bytes);
        assertRefused(ExitCode.DATA, file + ": the checkpoint is damaged", "condense", "--resume", "--out", run + "");
    }

    @Test
    void checkpointOfOtherSettingsIsReported() throws IOException {
        Path run = copyOfFinished();
        Path config = run.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("width: 4\n", "width: 5\n"));
        assertRefused(
                ExitCode.DATA,
                config + ": width is 5, but the run was begun with 4; set it back, or begin another run",
                "condense",
                "--resume",
                "--out",
                run.toString());
    }

    @Test
    void resumedRunCannotChangeItsSettings() throws IOException {
        assertRefused(
                ExitCode.USAGE,
                "--ipc 3: differs from 2, with which " + finished + " was begun",
                "condense",
                "--resume",
                "--out",
                finished.toString(),
                "--ipc=3");
    }

    @Test
    void directoryWithoutCifarIsMissingData() {
        Path nowhere = folder.resolve("nowhere");
        assertRefused(ExitCode.DATA, nowhere + ": no such directory", cifar(nowhere));
        assertRefused(ExitCode.DATA, folder + ": neither data_batch_1.bin nor a folder", cifar(folder));
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void truncatedCifarFileIsNamedWithBothSizes() throws IOException {
        writeCifar(Map.of("data_batch_3.bin", 12_345L), 0);
        assertRefused(
                ExitCode.DATA,
                folder.resolve("data_batch_3.bin") + ": 12345 bytes, expected " + CIFAR_FILE,
                cifar(folder));
        Files.delete(folder.resolve("data_batch_2.bin"));
        assertRefused(ExitCode.DATA, folder.resolve("data_batch_2.bin") + ": no such file", cifar(folder));
    }

    @Test
    void cifarLabelThatIsNoneIsNamedWithItsPlace() throws IOException {
        writeCifar(Map.of(), 10);
        assertRefused(
                ExitCode.DATA,
                folder.resolve("test_batch.bin") + ": record 1 (byte 3073) has label 10, expected 0..9",
                cifar(folder));
    }

    @Test
    void unfinishedRunCannotBeEvaluated() throws IOException {
        Path run = copyOfFinished("synthetic.npz");
        assertRefused(
                ExitCode.DATA,
                run.resolve("synthetic.npz") + ": no such file; a finished run has one",
                "evaluate",
                run + "");
    }

    @Test
    void damagedCondensedSetIsReported() throws IOException {
        Path run = copyOfFinished();
        Path file = run.resolve("synthetic.npz");
        Files.write(file, new byte[] {'P', 'K', 3, 4, 0});
        assertRefused(ExitCode.DATA, file + ": not a readable condensed set", "evaluate", run.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--sizes=3~ --sizes 3: must not be larger than the images per class, which are 2",
                "--sizes=0~ --sizes 0: ",
                "--epochs=0~ --epochs 0: must be a whole number from 1 to 1000000, or a schedule like 1:3000,10:2000,300",
                "--evaluate~ unknown option --evaluate",
                "--ipc=1~ unknown option --ipc=1"
            })
    void evaluationIsCheckedBeforeItBegins(String option, String message) {
        assertRefused(ExitCode.USAGE, message, "evaluate", finished.toString(), option);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "--ipc=1~ --ipc 1: must be at least 2",
                "--times=0~ --times 0: must be a whole number from 1 to 100000",
                "--classes=0~ --classes 0: must be a whole number from 1 to 1000",
                "--classes=1001~ --classes 1001: must be a whole number from 1 to 1000",
                "--cores=4097~ --cores 4097: must be a whole number from 1 to 4096",
                "--n-data=10000000~ --n-data 10000000: must be at most 699050 with --classes 10, as the images of noise",
                "--ipc=10000 --factor=16~ --ipc 10000: must be at most 273 with --classes 10 and --factor 16, as",
                "--classes=1000 --batch-real=700~ --batch-real 700: must be at most 699 with --classes 1000, as",
                "--ipc=200 --factor=1 --classes=1000~ --ipc 200: must be at most 174 with 1000 classes of images 3x32x32",
                "--sizes=2~ unknown option --sizes=2",
                "--batch=0~ --batch-real 0: must be a whole number from 1 to 65536"
            })
    void benchIsCheckedBeforeItBegins(String option, String message) {
        assertRefused(ExitCode.USAGE, message, Cli.join(new String[] {"bench"}, option.split(" ")));
    }

    private static void assertRefused(int code, String message, String... args) {
        Cli result = Cli.run(args);
        List<String> lines = result.err()
                .lines()
                .filter(line -> !line.startsWith("mdc: note: "))
                .toList();
        assertEquals(1, lines.size(), result.err());
        assertTrue(lines.get(0).startsWith("mdc: " + message), lines.get(0));
        assertEquals(code, result.code(), result.err());
        assertEquals("", result.out());
    }

    private String[] cifar(Path data) {
        return TinyCommand.condense(folder.resolve("run"), "--dataset=cifar10", "--data-dir=" + data);
    }

    /** Files full of zeros, which take no room on the disk, but for one label of the test file. */
    private void writeCifar(Map<String, Long> sizes, int label) throws IOException {
        for (String name : CIFAR_FILES) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                file.setLength(sizes.getOrDefault(name, CIFAR_FILE));
                if (name.startsWith("test")) {
                    file.seek(3073);
                    file.write(label);
                }
            }
        }
    }

    private Path copyOfFinished(String... without) throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> paths = Files.walk(finished)) {
            for (Path path : paths.toList()) {
                String name = finished.relativize(path).toString();
                if (!List.of(without).contains(name)) {
                    Files.copy(path, copy.resolve(name));
                }
            }
        }
        return copy;
    }
}
