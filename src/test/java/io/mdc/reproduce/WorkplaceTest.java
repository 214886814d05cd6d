package io.mdc.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.condense.LoopMetrics;
import io.mdc.condense.Method;
import io.mdc.directory.RunDirectory;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkplaceTest {
    private static final String END = "# the end of the settings, of a test\n";

    @TempDir
    private Path folder;

    private static Setup setup(Scale scale, Map<String, String> options) {
        return new Setup(scale, 1, Layer.options(options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scale\": \"huge\", \"settings\": {}}",
                "{\"scale\": \"smoke\"}",
                "{\"scale\": \"smoke\", \"settings\": {\"threads\": null}}",
                "[",
                ""
            })
    void aDamagedFileIsNamed(String content) throws IOException {
        Path file = folder.resolve("reproduce.json");
        Files.writeString(file, content);
        DataException refused = assertThrows(DataException.class, () -> new Workplace(folder).scale());
        assertEquals(file + ": damaged; it must say {\"scale\": …, \"settings\": {…}}", refused.getMessage());
    }

    @Test
    void theDirectoryOfAnotherRunIsNotTakenForOne() throws IOException {
        Setup setup = setup(Scale.SMOKE, Map.of());
        Block block = new Block("CIFAR-10", 10);
        PlannedRun mdc = setup.run(block, Recipe.of(Method.MDC), 0);
        PlannedRun idc = setup.run(block, Recipe.of(Method.IDC), 0);
        Path place = Files.createDirectories(folder.resolve(mdc.name()));
        Findings findings = new Findings(folder, Findings.Kind.LAST);
        assertEquals(Optional.empty(), findings.directory(mdc));
        Files.writeString(place.resolve("config.yaml"), idc.config().toYaml() + END);
        ConfigException refused = assertThrows(ConfigException.class, () -> findings.isFinished(mdc));
        assertEquals(
                place.resolve("config.yaml") + ": method is idc, not mdc: it is of another run; name another directory",
                refused.getMessage());
        Files.writeString(place.resolve("config.yaml"), mdc.config().toYaml() + END);
        assertFalse(new Findings(folder, Findings.Kind.LAST).isFinished(mdc));
    }

    @Test
    void outerLoopsThatWereDoneToTheirEndAreCounted() throws IOException {
        PlannedRun run =
                setup(Scale.SMOKE, Map.of("inner", "3")).run(new Block("CIFAR-10", 10), Recipe.of(Method.MDC), 0);
        assertEquals(0, new Findings(folder, Findings.Kind.LAST).outerDone(run));
        Path metrics =
                RunDirectory.create(folder.resolve(run.name()), run.config()).metrics();
        assertEquals(0, new Findings(folder, Findings.Kind.LAST).outerDone(run));
        for (int loop = 0; loop < 7; loop++) {
            LoopMetrics line = new LoopMetrics(1 + loop / 3, 1 + loop % 3, 3, 2, 1, null, 0.5);
            Files.writeString(metrics, Json.line(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertEquals(2, new Findings(folder, Findings.Kind.LAST).outerDone(run));
    }

    @Test
    void aDirectoryIsForRunsOfOneKindOnceItHasOne() throws IOException {
        Workplace workplace = new Workplace(folder.resolve("out"));
        workplace.take(setup(Scale.CPU, Map.of("data-dir", "nowhere")));
        assertEquals(Optional.of(Scale.CPU), workplace.scale());
        Map<String, String> svhn = Map.of("dataset", "svhn");
        workplace.take(setup(Scale.PAPER, svhn));
        assertEquals(Optional.of(Scale.PAPER), workplace.scale());
        assertEquals(svhn, workplace.settings().values());

        Files.createDirectories(workplace.runs().resolve("begun"));
        workplace.take(setup(Scale.PAPER, Map.of("dataset", "svhn", "threads", "3")));
        ConfigException refused = assertThrows(ConfigException.class, () -> workplace.take(setup(Scale.CPU, Map.of())));
        assertEquals(
                "--out " + workplace.path()
                        + ": was begun with --scale paper --dataset svhn, not --scale cpu; name another directory",
                refused.getMessage());
        assertEquals(svhn, workplace.settings().values());
    }

    @Test
    void whatAnotherProcessIsJustMakingIsNoOtherFile() throws IOException {
        Setup setup = setup(Scale.CPU, Map.of());
        Files.writeString(folder.resolve(".reproduce.json.0f8fad5b-d9cb-469f-a165-70867728950e.part"), "{");
        new Workplace(folder).take(setup);
        assertEquals(Optional.of(Scale.CPU), new Workplace(folder).scale());
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.tex"), "");
        ConfigException refused = assertThrows(ConfigException.class, () -> new Workplace(other).take(setup));
        assertEquals(
                "--out " + other + ": holds other files and no reproduce.json; name another directory",
                refused.getMessage());
    }
}
