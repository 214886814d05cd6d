package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.job.CondenseJob;
import io.mdc.report.Progress;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of a run's directory is damaged in every way: the next command gives the bytes of an undamaged run, saying
 * what was lost if anything was, or refuses in one line that names the file.
 *
 * <p>{@code -Dmdc.damages=N} is how often each way is tried, each time at other places.
 */
class DamagesIT {
    private static final int TIMES = Integer.getInteger("mdc.damages", 1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** What is only read, by some command: a byte that means nothing, such as a last line feed, stays as it is. */
    private static final Set<String> INPUTS = Set.of("config.yaml", "synthetic.npz", "best/size-2.npz");

    /** Seven inner loops, and eight epochs of the evaluation after the second outer one. */
    private static final int INTERRUPTED_AFTER = 15;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("dataset", "npz"),
            Map.entry("data-dir", "src/test/resources/io/mdc/dataset/npz"),
            Map.entry("depth", "1"),
            Map.entry("width", "4"),
            Map.entry("ipc", "2"),
            Map.entry("factor", "1"),
            Map.entry("outer", "3"),
            Map.entry("inner", "3"),
            Map.entry("period", "1"),
            Map.entry("batch-real", "2"),
            Map.entry("n-data", "8"),
            Map.entry("checkpoint-minutes", "0"),
            Map.entry("networks", "convnet"),
            Map.entry("evaluate", "true"),
            Map.entry("evaluate-every", "2"),
            Map.entry("sizes", "2"),
            Map.entry("epochs", "4"),
            Map.entry("repeats", "2"),
            Map.entry("save-models", "true"));

    @TempDir
    private static Path folder;

    private static RunFiles whole;

    /** What is done to a file. */
    private enum Damage {
        TRUNCATED {
            @Override
            byte[] apply(byte[] content, Random random) {
                return Arrays.copyOf(content, random.nextInt(content.length));
            }
        },
        FLIPPED {
            @Override
            byte[] apply(byte[] content, Random random) {
                byte[] flipped = content.clone();
                flipped[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
        },
        EMPTIED {
            @Override
            byte[] apply(byte[] content, Random random) {
                return new byte[0];
            }
        },
        DELETED {
            @Override
            byte[] apply(byte[] content, Random random) {
                return null;
            }
        };

        abstract byte[] apply(byte[] content, Random random);
    }

    /** How a run was left, what is done with it, and which files are asked for then. */
    private enum Situation {
        INTERRUPTED("condense --resume --out RUN --evaluate=false", ".*"),
        FINISHED("condense --resume --out RUN", "(synthetic|evaluation|models.*0).*"),
        EVALUATED("evaluate RUN", "config.yaml|manifest.json|synthetic.npz|evaluation.*");

        private final String next;
        private final String files;

        Situation(String next, String files) {
            this.next = next;
            this.files = files;
        }

        Path run() {
            return folder.resolve(this == INTERRUPTED ? "interrupted" : "finished");
        }

        Stream<String> names() {
            try {
                return Folders.files(run()).stream()
                        .map(file -> run().relativize(file).toString())
                        .filter(name -> name.matches(files));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String[] words(String line, Path run) {
        return Stream.of(line.split(" "))
                .map(word -> word.equals("RUN") ? run.toString() : word)
                .toArray(String[]::new);
    }

    @AfterEach
    void delete() throws IOException {
        Folders.delete(folder.resolve("run"));
    }

    @BeforeAll
    static void condense() throws IOException {
        Path run = folder.resolve("run");
        RunConfig config = ConfigReader.read(Layer.options(SETTINGS));
        Path lock = folder.resolve("lock");
        AtomicInteger loops = new AtomicInteger();
        new CondenseJob(config, Optional.of(run), false).run(Progress.silent(), () -> {
            boolean last = loops.incrementAndGet() == INTERRUPTED_AFTER;
            if (last) {
                copy(run.resolve("lock"), lock);
            }
            return last;
        });
        // As a process leaves it that was killed.
        copy(lock, run.resolve("lock"));
        Folders.move(run, Situation.INTERRUPTED.run());

        new CondenseJob(config, Optional.of(run), false).run(Progress.silent(), () -> false);
        Folders.move(run, Situation.EVALUATED.run());
        whole = RunFiles.of(Situation.EVALUATED.run());
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> everyFile() {
        return Stream.of(Situation.values())
                .flatMap(situation -> situation.names().map(name -> Arguments.of(situation, name)));
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void damagedFilesAreNamedAndTheirRunRecoveredOrRefused(Situation situation, String name) throws Exception {
        byte[] content = Files.readAllBytes(situation.run().resolve(name));
        for (Damage damage : content.length == 0 ? List.of(Damage.DELETED) : List.of(Damage.values())) {
            int times = damage == Damage.EMPTIED || damage == Damage.DELETED ? 1 : TIMES;
            for (int i = 0; i < times; i++) {
                Path run = Folders.copy(situation.run(), folder.resolve("run"));
                damage(run.resolve(name), damage.apply(content, new Random(i)));
                Cli cli = assertTimeoutPreemptively(LIMIT, () -> Cli.run(words(situation.next, run)));
                String what = damage + " " + i + ": " + cli.err();
                System.out.println(situation + " " + name + " " + cli.code() + " " + what);
                if (cli.code() != ExitCode.DONE) {
                    assertTrue(cli.code() == ExitCode.DATA || cli.code() == ExitCode.USAGE, what);
                    assertTrue(cli.err().contains(name), what);
                    damage(run.resolve(name), content);
                    assertEquals(
                            ExitCode.DONE, Cli.run(words(situation.next, run)).code(), what);
                }
                sameButWhatWasNamed(run, INPUTS.contains(name) ? name : "", cli.err(), what);
                Folders.delete(run);
            }
        }
    }

    private static void damage(Path file, byte[] content) throws IOException {
        if (content == null) {
            Files.delete(file);
        } else {
            Files.write(file, content);
        }
    }

    /** Logs may lack what is said to be missing; whatever else the run gave must be the same. */
    private static void sameButWhatWasNamed(Path run, String input, String err, String what) throws IOException {
        Map<String, String> expected = whole.files();
        RunFiles.of(run).files().forEach((name, text) -> {
            boolean told = (name.endsWith(".jsonl") && err.contains("/" + name + ": "))
                    || (name.matches("(evaluation|models|course|best).*") && err.contains("config.yaml: was changed"))
                    || (name.matches("(course|best).*") && err.matches("(?s).*/(course.jsonl|best/size-2.npz): .*"));
            if (!told && !name.endsWith(".damaged") && !name.equals("lock") && !name.equals(input)) {
                assertEquals(expected.get(name), text, name + " after " + what);
            }
        });
        for (String result : List.of("synthetic.npz", "synthetic.png", "metrics.jsonl", "mls.jsonl", "config.yaml")) {
            assertTrue(Files.exists(run.resolve(result)), () -> "no " + result + " after " + what);
        }
    }
}
