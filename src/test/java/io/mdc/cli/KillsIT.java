package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands are killed at random moments, started again, and killed again: in the end there is what one gives that was
 * left alone.
 *
 * <p>{@code -Dmdc.kills=N} is how many times each is killed, {@code -Dmdc.seed=N} what else the moments depend on.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KillsIT {
    private static final int KILLS = Integer.getInteger("mdc.kills", 4);
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String CONDENSE = "condense --out RUN --depth 1 --width 4 --ipc 4 --inner 4 --period 2"
            + " --batch-real 8 --n-data 64 --checkpoint-minutes 0";
    private static final String TRIALS = " --networks convnet:4 --sizes 1,2 --epochs 4 --repeats 2";

    /** What is killed: the command, what is given after a kill, and what is done before. */
    private enum Victim {
        CONDENSE_ONLY(
                CONDENSE + " --outer 6 --evaluate=false --evaluate-every 2" + TRIALS,
                "condense --out RUN --resume",
                ""),
        CONDENSE_AND_EVALUATE(CONDENSE + " --outer 1" + TRIALS, "condense --out RUN --resume", ""),
        FAMILY(
                CONDENSE + " --outer 2 --vary ipc=1,4 --also method=idc" + TRIALS.replace("1,2", "1"),
                "condense --out RUN --resume",
                ""),
        REPRODUCE("reproduce table2c --out RUN", "reproduce table2c --out RUN", ""),
        EVALUATE("evaluate RUN" + TRIALS, "evaluate RUN" + TRIALS, CONDENSE + " --outer 0 --evaluate=false");

        private final String first;
        private final String again;
        private final String before;

        Victim(String first, String again, String before) {
            this.first = first;
            this.again = again;
            this.before = before;
        }
    }

    @TempDir
    private Path folder;

    private Path run() {
        return folder.resolve("run");
    }

    private JavaProcess start(String line) throws IOException {
        List<String> arguments = Stream.of(line.trim().split(" +"))
                .map(word -> word.equals("RUN") ? run().toString() : word)
                .toList();
        return JavaProcess.start(folder, Map.of(), arguments);
    }

    private static boolean began(Path run) {
        return Files.exists(run.resolve("config.yaml"))
                || Files.exists(run.resolve("family.json"))
                || Files.exists(run.resolve("reproduce.json"));
    }

    /** Runs a command to its end; how long it took. */
    private long leftAlone(String line) throws Exception {
        long start = System.nanoTime();
        try (JavaProcess process = start(line)) {
            assertTrue(process.ends(PATIENCE_MILLIS), "does not end");
            assertEquals(ExitCode.DONE, process.result().code(), process.err());
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** All if a number of kills is asked for, else those that do what the others do. */
    static Stream<Victim> victims() {
        return Integer.getInteger("mdc.kills") == null
                ? Stream.of(Victim.CONDENSE_AND_EVALUATE, Victim.REPRODUCE)
                : Stream.of(Victim.values());
    }

    @ParameterizedTest
    @MethodSource("victims")
    void killedAndStartedAgainGivesWhatOneLeftAloneGives(Victim victim) throws Exception {
        if (!victim.before.isEmpty()) {
            leftAlone(victim.before);
            Folders.move(run(), folder.resolve("before"));
            Folders.copy(folder.resolve("before"), run());
        }
        long millis = leftAlone(victim.first);
        Path whole = Folders.move(run(), folder.resolve("whole"));

        Random random = new Random(Integer.getInteger("mdc.seed", 0));
        int kills = 0;
        int lives = 0;
        while (kills < KILLS) {
            if (!victim.before.isEmpty()) {
                Folders.copy(folder.resolve("before"), run());
            }
            boolean begun = !victim.before.isEmpty();
            boolean ended = false;
            while (!ended) {
                try (JavaProcess process = start(begun ? victim.again : victim.first)) {
                    ended = process.ends(kills < KILLS ? random.nextLong(1, millis) : PATIENCE_MILLIS);
                    if (!ended) {
                        kills++;
                        kill(process, random.nextInt(4) == 0);
                    }
                    Cli result = process.result();
                    assertFalse(result.err().contains("\tat "), result.err());
                    assertEquals(ended ? ExitCode.DONE : result.code(), result.code(), result.err());
                }
                begun = began(run());
                linesAreWhole(run(), ended);
            }
            lives++;
            assertEquals(RunFiles.of(whole), RunFiles.of(run()), "after " + kills + " kills");
            Folders.delete(run());
        }
        System.out.println(victim + ": killed " + kills + " times in " + lives + " runs of " + millis
                + " ms, 0 lost, 0 differing bytes, 0 torn lines");
    }

    private static void kill(JavaProcess process, boolean politely) throws Exception {
        process.signal(politely ? "TERM" : "KILL");
        assertTrue(process.ends(END_MILLIS), () -> "does not end within " + END_MILLIS + " ms");
    }

    /** Lines are objects; at the end of a process that could not help it, one may be cut off. */
    private static void linesAreWhole(Path run, boolean ended) throws IOException {
        for (Path log : Files.isDirectory(run) ? Folders.files(run) : List.<Path>of()) {
            if (!log.toString().endsWith(".jsonl")) {
                continue;
            }
            String text = Files.readString(log);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            assertTrue(!ended || whole.equals(text), log + " ends in the middle of a line");
            for (String line : whole.lines().toList()) {
                assertTrue(MAPPER.readTree(line).isObject(), log + ": " + line);
            }
        }
    }
}
