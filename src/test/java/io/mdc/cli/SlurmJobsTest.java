package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        for (String name : List.of("lib.sh", "condense.sbatch", "shards.sbatch")) {
            Files.copy(Path.of("scripts/slurm", name), scripts.resolve(name));
        }
        program("mdc", "echo \"$@\" >>'" + home + "/calls'");
        program("sleep", "echo sleep \"$@\" >>'" + home + "/calls'");
    }

    private void program(String name, String command) throws IOException {
        Path file = Files.writeString(home.resolve(name), "#!/bin/sh\n" + command + "\n");
        assertEquals(true, file.toFile().setExecutable(true));
    }

    /** What the job called, which ended with a code. */
    private List<String> calls(int code, String job, String arguments) throws IOException {
        Programs.Output output = Programs.run(
                        "sh",
                        "-c",
                        "cd '" + home + "' && PATH=\"$PWD:$PATH\" MDC_HOME=$PWD SLURM_CPUS_PER_TASK=2"
                                + " SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=3 bash scripts/slurm/" + job
                                + ".sbatch "
                                + arguments)
                .orElseThrow();
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
}
