package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Path CONFIG = Path.of("run", "config.yaml");
    private static final Fingerprint BEGUN = new Fingerprint(Map.of("ipc", "3", "factor", "2"), "abc");

    private static Optional<String> difference(Map<String, String> now, String data) {
        return new Fingerprint(now, data).differenceTo(BEGUN, CONFIG);
    }

    @Test
    void theFirstSettingThatDiffersIsNamed() {
        assertEquals(Optional.empty(), difference(Map.of("ipc", "3", "factor", "2"), "abc"));
        assertEquals(
                Optional.of("run/config.yaml: ipc is 4, but the run was begun with 3; set it back,"
                        + " or begin another run"),
                difference(Map.of("ipc", "4", "factor", "2"), "abc"));
    }

    @Test
    void aSettingThatCameLaterHadItsDefault() {
        assertEquals(
                Optional.empty(), difference(Map.of("ipc", "3", "factor", "2", "subset-weights", "uniform"), "abc"));
        assertEquals(
                Optional.of("run/config.yaml: subset-weights is rate, but the run was begun with uniform; set it back,"
                        + " or begin another run"),
                difference(Map.of("ipc", "3", "factor", "2", "subset-weights", "rate"), "abc"));
    }

    @Test
    void runsOfTwoLengthsAreTheSameButNotThoseOfOtherSettingsOrData() {
        Fingerprint run = new Fingerprint(Map.of("ipc", "3", "outer", "9"), "abc");
        assertTrue(run.isOfSameRun(new Fingerprint(Map.of("ipc", "3", "outer", "10"), "abc")));
        assertTrue(run.isOfSameRun(new Fingerprint(Map.of("ipc", "3", "outer", "8"), "abc")));
        assertTrue(
                run.isOfSameRun(new Fingerprint(Map.of("ipc", "3", "outer", "9", "subset-weights", "uniform"), "abc")));
        assertFalse(
                run.isOfSameRun(new Fingerprint(Map.of("ipc", "3", "outer", "9", "subset-weights", "rate"), "abc")));
        assertFalse(run.isOfSameRun(new Fingerprint(Map.of("ipc", "4", "outer", "9"), "abc")));
        assertFalse(run.isOfSameRun(new Fingerprint(Map.of("ipc", "3", "outer", "9"), "abd")));
    }
}
