package io.mdc.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.report.sheet.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of runs whose images another made. */
class PageOriginTest {
    private static final String IMPORTED =
            "\"imported\": {\"file\": \"/home/me/idc.pt\", \"sha256\": \"a\", \"reading\": \"as it was\"}";

    private static final String ORDERED =
            "\"order\": {\"run\": \"/runs/a\", \"set\": \"b\", \"by\": \"lbpe\", \"epochs\": [], \"seconds\": 1}";

    private static final String JOINED =
            "\"joined\": [{\"run\": \"/runs/a\", \"set\": \"b\"}, {\"run\": \"/runs/b\", \"set\": \"c\"}]";

    @TempDir
    private Path folder;

    private static MadeRun of(MadeRun run, String... origins) throws IOException {
        String text = Files.readString(run.file("manifest.json"));
        run.write("manifest.json", text.substring(0, text.lastIndexOf('}')) + ", " + String.join(", ", origins) + "}");
        return run;
    }

    private MadeRun without(String name) throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve(name));
        Files.delete(run.file("metrics.jsonl"));
        Files.delete(run.file("mls.jsonl"));
        return run;
    }

    @Test
    void anImportedSetIsNoRunOfAMethod() throws IOException {
        MadeRun run = MadeRun.finished(folder.resolve("run"));
        Path manifest = run.file("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(
                manifest,
                text.substring(0, text.lastIndexOf('}'))
                        + ", \"imported\": {\"file\": \"/home/me/idc.pt\", \"sha256\": \"a\", \"reading\": \"as it was\"}}");
        Page page = run.page();
        assertTrue(page.summary().startsWith("A set imported from idc.pt on cifar10"), page.summary());
        assertEquals("imported", run.view().progress());
        assertTrue(
                page.accuracy().scale().contains("imported, of an unknown scale"),
                page.accuracy().scale());
    }

    @Test
    void aRunThatWasMadeOfOthersHasNoLoops() throws IOException {
        Page ordered = of(without("ordered"), ORDERED).page();
        assertEquals("ordered from /runs/a", ordered.runs().get(0).progress());
        assertTrue(ordered.summary().startsWith("A run of mdc ordered by lbpe on cifar10"), ordered.summary());
        assertEquals(
                List.of("", "", ""),
                Stream.of(2, 3, 4)
                        .map(column ->
                                ordered.timings().rows().get(0).get(column).text())
                        .map(text -> text.equals("-") ? "" : text)
                        .toList());
        Page joined = of(without("joined"), JOINED).page();
        assertEquals("joined of 2 runs", joined.runs().get(0).progress());
        assertTrue(joined.summary().startsWith("A set joined of runs of mdc on cifar10"), joined.summary());
    }

    @Test
    void anOrderedImportIsStillOneOfOthers() throws IOException {
        Page page = of(without("run"), IMPORTED, ORDERED).page();
        assertTrue(page.summary().startsWith("A set imported from idc.pt ordered by lbpe on cifar10"), page.summary());
        assertEquals("imported, ordered from /runs/a", page.runs().get(0).progress());
        assertTrue(page.accuracy().scale().contains("imported, of an unknown scale"));
    }

    @Test
    void whatCondensingAnImportedSetTookIsNotKnown() throws IOException {
        for (Page page : List.of(
                of(without("set"), IMPORTED).page(),
                of(without("other"), IMPORTED, ORDERED).page())) {
            List<Entry> row = page.timings().rows().get(0);
            assertEquals(List.of(Entry.nothing(), Entry.nothing()), row.subList(6, 8));
        }
    }

    @Test
    void howAnImportedSetWasCondensedIsNotKnown() throws IOException {
        MadeRun imported = of(without("imported"), IMPORTED);
        List<String> keys = imported.view().settings().stream().map(Fact::name).toList();
        assertTrue(keys.containsAll(List.of("ipc", "factor", "dataset", "epochs", "net-lr", "seed")), keys::toString);
        for (String key : List.of("method", "outer", "metric", "init", "augment-train")) {
            assertFalse(keys.contains(key), key);
        }
        Page both = PageReader.read(List.of(
                imported.directory(),
                MadeRun.finished(folder.resolve("own"), "seed", "7").directory()));
        assertEquals(List.of("run", "seed"), both.differing().orElseThrow().headings());
    }

    @Test
    void aShardIsSaidToBeOne() throws IOException {
        Page page = of(MadeRun.finished(folder.resolve("run")), "\"shard\": {\"number\": 2, \"of\": 5}")
                .page();
        assertTrue(page.summary().startsWith("Shard 2/5 of a run of mdc on cifar10"), page.summary());
        assertEquals(
                "shard 2/5: finished, 4 of 4 outer loops", page.runs().get(0).progress());
        String caption = page.losses().get(0).description();
        assertTrue(caption.contains("of a shard, what its own classes add to the mean over all"), caption);
    }
}
