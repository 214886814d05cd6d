package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.family.Family;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.TinySettings;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Families that go on, by other settings than they were begun with. */
class LongerFamilyTest extends TinyFamilies {
    @Test
    void membersWhoseCheckpointsAreGoneDoNotBeginAgainToBecomeLonger() throws IOException {
        condense(false, () -> false);
        Folders.delete(out().resolve("mdc/checkpoint"));
        String metrics = Files.readString(out().resolve("mdc/metrics.jsonl"));
        String family = Files.readString(out().resolve("family.json"));
        assertInstanceOf(Ending.Finished.class, condense(true, () -> false));
        Family longer = Family.at(out()).goingOn(List.of(Layer.options(Map.of("outer", "3"))), out());
        String message = assertThrows(DataException.class, () -> new FamilyJob(longer, out(), true)
                        .run(Progress.silent(), () -> false))
                .getMessage();
        assertTrue(message.startsWith(out().resolve("mdc") + ": --outer 3: the run is finished after 2 "), message);
        assertEquals(metrics, Files.readString(out().resolve("mdc/metrics.jsonl")));
        assertEquals(family, Files.readString(out().resolve("family.json")));
    }

    @Test
    void aMemberThatWentOnAloneStaysAsLongAsItIs() throws IOException {
        condense(false, () -> false);
        RunDirectory alone = RunDirectory.open(out().resolve("mdc"));
        new CondenseJob(TinySettings.with("outer", "4"), Optional.of(alone.path()), true)
                .run(Progress.silent(), () -> false);
        Family now = Family.at(out()).goingOn(List.of(), out());
        byte[] longer = Files.readAllBytes(alone.synthetic());
        assertInstanceOf(Ending.Finished.class, new FamilyJob(now, out(), true).run(Progress.silent(), () -> false));
        assertArrayEquals(longer, Files.readAllBytes(alone.synthetic()));
        assertEquals(4, Family.at(out()).members().get("mdc").loop().outer());
        assertEquals(2, Family.at(out()).members().get("idc").loop().outer());
        assertEquals(
                "--outer 3: is less than 4, with which " + alone.path() + " was begun",
                assertThrows(ConfigException.class, () -> Family.at(out())
                                .goingOn(List.of(Layer.options(Map.of("outer", "3"))), out()))
                        .getMessage());
    }

    @Test
    void whatItsRunsDifferInIsKeptFromThePresetTheyWereBegunWith() throws IOException {
        condense(false, stopAt(2));
        Map<String, RunConfig> begun = Family.at(out()).members();
        Layer preset = new Layer("preset", Map.of("seed", "77", "repeats", "4"));
        Map<String, RunConfig> now =
                Family.at(out()).goingOn(List.of(preset), out()).members();
        for (String name : begun.keySet()) {
            assertEquals(begun.get(name).seed(), now.get(name).seed());
            assertEquals(4, now.get(name).evaluation().repeats());
        }
        Family shorter =
                Family.at(out()).goingOn(List.of(new Layer("preset", Map.of("outer", "1", "ipc", "7"))), out());
        assertEquals(begun.get("mdc"), shorter.members().get("mdc"));
        assertThrows(ConfigException.class, () -> Family.at(out())
                .goingOn(List.of(Layer.options(Map.of("seed", "77"))), out()));
    }

    @Test
    void runsThatHaveBecomeTheSameGoOnOneByOne() throws IOException {
        Map<String, RunConfig> lengths = new LinkedHashMap<>();
        lengths.put("outer-1", TinySettings.with("outer", "1"));
        lengths.put("outer-2", TinySettings.with("outer", "2"));
        new FamilyJob(new Family(lengths), out(), false).run(Progress.silent(), () -> false);
        new CondenseJob(lengths.get("outer-2"), Optional.of(out().resolve("outer-1")), true)
                .run(Progress.silent(), () -> false);
        assertEquals(
                out() + ": two of its runs would be the same; resume them one by one",
                assertThrows(ConfigException.class, () -> Family.at(out()).goingOn(List.of(), out()))
                        .getMessage());
    }
}
