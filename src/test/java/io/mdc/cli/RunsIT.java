package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsIT {
    @TempDir
    private Path folder;

    private void condense(String name, String... changes) {
        Cli made = Cli.run(TinyCommand.condense(folder.resolve(name), Cli.join(new String[] {"--outer=0"}, changes)));
        assertEquals(ExitCode.DONE, made.code(), made.toString());
    }

    private void twoRunsAndADamagedOne() throws IOException {
        condense("ipc-2", "--ipc=2");
        condense("ipc-10", "--ipc=10", "--seed=7");
        condense("broken", "--ipc=2");
        Files.writeString(folder.resolve("broken/manifest.json"), "");
    }

    @Test
    void aTableHasOnlyTheSettingsThatDiffer() throws IOException {
        twoRunsAndADamagedOne();
        Cli listed = Cli.run("runs", folder.toString());
        assertEquals(ExitCode.DONE, listed.code(), listed.toString());
        List<String> lines = listed.out().lines().toList();
        assertTrue(
                lines.get(0).matches("run +state +loop +of +method +dataset +ipc +seed +average +time +remark"),
                listed.out());
        assertTrue(lines.get(2).matches("broken +damaged .* manifest.json: not a readable manifest"), listed.out());
        assertTrue(lines.get(3).matches("ipc-2 +finished +- +0 +mdc +shapes +2 +0 .*"), listed.out());
        assertTrue(lines.get(4).matches("ipc-10 +finished +- +0 +mdc +shapes +10 +7 .*"), listed.out());
        assertEquals("", listed.err());
    }

    @Test
    void programsGetNumbers() throws IOException {
        twoRunsAndADamagedOne();
        JsonNode rows = new ObjectMapper()
                .readTree(Cli.run("runs", folder.toString(), "--json").out())
                .get(0)
                .get("rows");
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get("run").asText()));
        assertEquals(List.of("broken", "ipc-2", "ipc-10"), names);
        assertEquals(7, rows.get(2).get("seed").asInt());
        assertEquals("finished", rows.get(2).get("state").asText());
        assertTrue(rows.get(2).get("average").isNull());
        Cli csv = Cli.run("runs", folder.toString(), "--format", "csv");
        assertTrue(csv.out().startsWith("run,state,loop,of,method,dataset,ipc,seed,average,time,remark\n"), csv.out());
    }

    @Test
    void ordersAndSizesOfAveragesThatDifferHaveColumns() {
        condense("all", "--ipc=2", "--factor=1");
        String run = folder.resolve("all").toString();
        String[] random = {"order", run, "--by=random", "--seed-order=3", "--out=" + folder.resolve("random")};
        assertEquals(ExitCode.DONE, Cli.run(random).code());
        String[] el2n = {"order", run, "--by=el2n", "--epochs-el2n=1", "--out=" + folder.resolve("el2n")};
        assertEquals(ExitCode.DONE, Cli.run(el2n).code());
        String[] evaluate = {"evaluate", run, "--epochs=1", "--repeats=1"};
        assertEquals(ExitCode.DONE, Cli.run(evaluate).code());
        evaluate[1] = folder.resolve("random").toString();
        assertEquals(ExitCode.DONE, Cli.run(Cli.join(evaluate, "--sizes=2")).code());
        List<String> lines = Cli.run("runs", folder.toString()).out().lines().toList();
        String row = " +finished +- +[-0] +mdc +shapes +2 +";
        assertTrue(
                lines.get(0).matches("run +state +loop +of +method +dataset +ipc +ordered by +average +sizes +time"),
                lines.toString());
        assertTrue(lines.get(2).matches("all" + row + "nothing +[\\d.]+ +1-2 .*"), lines.toString());
        assertTrue(lines.get(3).matches("el2n" + row + "el2n +- +- .*"), lines.toString());
        assertTrue(lines.get(4).matches("random" + row + "random +[\\d.]+ +2 .*"), lines.toString());
        String compared = Cli.run("compare", run, folder.resolve("random").toString())
                .out()
                .replaceAll(" +", " ");
        assertTrue(compared.contains("\nall 0 nothing\nrandom 3 random\n"), compared);
    }

    @Test
    void aLinkToADirectoryNamesItsRunsLikeTheDirectory() throws IOException {
        Path place = Files.createDirectories(folder.resolve("place"));
        Cli.run(TinyCommand.condense(place.resolve("a"), "--outer=0"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), place);
        assertEquals(
                Cli.run("runs", place.toString()).out(),
                Cli.run("runs", link.toString()).out());
    }

    @Test
    void whereThereIsNothingIsSaid() {
        Cli none = Cli.run("runs", folder.toString());
        assertEquals(new Cli(ExitCode.DONE, "", "mdc: note: no runs in " + folder + "\n"), none);
        Cli wrong = Cli.run("runs", folder.resolve("nowhere").toString());
        assertEquals(new Cli(ExitCode.DATA, "", "mdc: " + folder.resolve("nowhere") + ": not a directory\n"), wrong);
        assertEquals(
                ExitCode.USAGE,
                Cli.run("runs", folder.toString(), "--format", "pdf").code());
    }
}
