package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of {@code scripts/slurm} without Slurm, with a program in place of mdc that says how it was called. */
class SlurmJobsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Path scripts = Files.createDirectories(home.resolve("scripts/slurm"));
        for (String name : List.of("lib.sh", "condense.sbatch", "shards.sbatch", "merge.sbatch", "reproduce.sbatch")) {
            Files.copy(Path.of("scripts/slurm", name), scripts.resolve(name));
        }
        program("mdc", "echo \"$@\" >>'" + home + "/calls'");
        program("sleep", "echo sleep \"$@\" >>'" + home + "/calls'");
        program("scontrol", "echo scontrol \"$@\" >>'" + home + "/calls'");
    }

    private void program(String name, String command) throws IOException {
        Path file = Files.writeString(home.resolve(name), "#!/bin/sh\n" + command + "\n");
        assertEquals(true, file.toFile().setExecutable(true));
    }

    /** Runs a job of a task of an array, with more settings of its environment. */
    private Programs.Output run(String environment, String job, String arguments) {
        return Programs.run(
                        "sh",
                        "-c",
                        "cd '" + home + "' && env PATH=\"$PWD:$PATH\" MDC_HOME=\"$PWD\" SLURM_CPUS_PER_TASK=2"
                                + " SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1"
                                + " SLURM_ARRAY_TASK_MAX=3 SLURM_ARRAY_TASK_COUNT=3 " + environment
                                + " bash scripts/slurm/" + job + ".sbatch " + arguments)
                .orElseThrow();
    }

    /** What the job called, which ended with a code. */
    private List<String> calls(int code, String job, String arguments) throws IOException {
        Programs.Output output = run("", job, arguments);
        assertEquals(code, output.code(), output.text());
        return Files.readAllLines(home.resolve("calls"));
    }

    private void touch(String file) throws IOException {
        Path place = home.resolve(file);
        Files.createDirectories(place.getParent());
        Files.writeString(place, "");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "condense, -, condense --outer 3 --out run --threads 2",
                "condense, run/config.yaml, condense --resume --outer 3 --out run --threads 2",
                "condense, run/family.json, condense --resume --outer 3 --out run --threads 2",
                "shards, -, condense --outer 3 --out run --class-shard 1/3 --threads 2",
                "shards, run/shards/1-of-3/config.yaml,"
                        + " condense --resume --outer 3 --out run --class-shard 1/3 --threads 2"
            })
    void optionsCountAgainWhereARunGoesOn(String job, String begun, String called) throws IOException {
        if (begun != null) {
            touch(begun);
        }
        assertEquals(List.of(called), calls(0, job, "run --outer 3"));
    }

    @Test
    void whatAFamilyVariesIsLeftOut() throws IOException {
        touch("run/family.json");
        assertEquals(
                List.of("condense --resume --preset a --evaluate --out run --threads 2"),
                calls(0, "condense", "run --preset a --vary ipc=1,2 --also='seed=1 ipc=4' --evaluate --also b=1"));
    }

    @ParameterizedTest
    @CsvSource({"condense, run", "condense, run/ipc-1", "shards, run/shards/1-of-3"})
    void aDirectoryThatIsInUseIsTriedAgain(String job, String directory) throws IOException {
        touch(directory + "/lock");
        program("sleep", "rm '" + home.resolve(directory).resolve("lock") + "'");
        program("mdc", "echo call >>'" + home + "/calls'; test ! -e '" + directory + "/lock' || exit 3");
        assertEquals(List.of("call", "call"), calls(0, job, "run"));
    }

    @Test
    void itIsNotTriedForEverNorAfterAnotherFailure() throws IOException {
        touch("run/lock");
        program("mdc", "echo call >>'" + home + "/calls'; exit 3");
        assertEquals(2 * 20 - 1, calls(3, "condense", "run").size());
        Files.delete(home.resolve("calls"));
        program("mdc", "echo call >>'" + home + "/calls'; exit 2");
        assertEquals(List.of("call"), calls(2, "condense", "run"));
        Files.delete(home.resolve("calls"));
        Files.delete(home.resolve("run/lock"));
        program("mdc", "echo call >>'" + home + "/calls'; exit 3");
        assertEquals(List.of("call"), calls(3, "condense", "run"));
    }

    @Test
    void aShardThatWaitedInVainGoesBackIntoTheQueueButNotForEver() throws IOException {
        program("mdc", "echo call >>'" + home + "/calls'; exit 130");
        assertEquals(List.of("call", "scontrol requeue 7_1", "sleep 60"), calls(130, "shards", "run"));
        Programs.Output before = run("SLURM_RESTART_COUNT=19", "shards", "run");
        assertTrue(before.text().contains("back into the queue"), before.text());
        Files.delete(home.resolve("calls"));
        Programs.Output last = run("SLURM_RESTART_COUNT=20", "shards", "run");
        assertEquals(130, last.code());
        assertTrue(last.text().contains("submit the whole array again"), last.text());
        assertEquals(List.of("call"), Files.readAllLines(home.resolve("calls")));
    }

    @Test
    void whatTheTimeLimitOrSlurmEndsIsRequeuedInTheFirstCaseOnly() throws IOException {
        String waiting = "trap 'exit 143' TERM; echo call >>'" + home + "/calls'; kill -%s $PPID; while :; do :; done";
        program("mdc", String.format(waiting, "USR1"));
        assertEquals(List.of("call", "scontrol requeue 7_1", "sleep 60"), calls(143, "shards", "run"));
        Files.delete(home.resolve("calls"));
        program("mdc", String.format(waiting, "TERM"));
        assertEquals(List.of("call"), calls(143, "shards", "run"));
    }

    @ParameterizedTest
    @CsvSource({
        "shards, SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=1",
        "shards, SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=2",
        "shards, SLURM_ARRAY_TASK_MAX=4",
        "shards, -u SLURM_ARRAY_TASK_MIN -u SLURM_ARRAY_TASK_MAX -u SLURM_ARRAY_TASK_COUNT",
        "reproduce, SLURM_ARRAY_TASK_MAX=4"
    })
    void aPartOfAnArrayIsRefused(String job, String array) {
        Programs.Output output = run("env " + array, job, "run --outer 3");
        assertEquals(2, output.code(), output.text());
        assertTrue(output.text().contains("must be 1 to n without gaps, as by sbatch --array=1-5"), output.text());
        assertFalse(Files.exists(home.resolve("calls")));
    }

    @Test
    void tasksShareTheCellsOfATable() throws IOException {
        assertEquals(
                List.of("reproduce table1a --out tables --cells 1/3 --threads 2"),
                calls(0, "reproduce", "table1a --out tables"));
    }

    @ParameterizedTest
    @CsvSource({"--data-dir /elsewhere", "--data-dir=/elsewhere"})
    void optionsOfMergingAreThoseOfTheEvaluation(String dataDir) throws IOException {
        touch("run/shards/1-of-3/config.yaml");
        assertEquals(
                List.of(
                        "merge run --data-dir /elsewhere --threads 2",
                        "evaluate run --sizes 1 " + dataDir + " --epochs 3 --threads 2"),
                calls(0, "merge", "run --sizes 1 " + dataDir + " --epochs 3"));
    }

    @ParameterizedTest
    @CsvSource({"false, merge run --threads 2", "true, merge run --threads 2;evaluate run --threads 2"})
    void whatIsMergedIsEvaluatedIfItsSettingsSaySo(String evaluate, String called) throws IOException {
        touch("run/shards/1-of-3/config.yaml");
        Files.writeString(home.resolve("run/config.yaml"), "ipc: 5\nevaluate: " + evaluate + "\nepochs: 3\n");
        assertEquals(List.of(called.split(";")), calls(0, "merge", "run"));
    }
}
