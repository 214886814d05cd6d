package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Path CONFIG = Path.of("run/config.yaml");

    private static Optional<String> difference(Map<String, String> now, Map<String, String> begun) {
        return new Fingerprint(now, "data").differenceTo(new Fingerprint(begun, "data"), CONFIG);
    }

    @Test
    void aSettingThatThereWasNotCountsAsItsDefault() {
        Map<String, String> begun = Map.of("ipc", "3");
        assertEquals(Optional.empty(), difference(Map.of("ipc", "3", "interval", "10"), begun));
        String other = difference(Map.of("ipc", "3", "interval", "7"), begun).orElseThrow();
        assertTrue(other.startsWith(CONFIG + ": interval is 7, but the run was begun with 10; "), other);
    }

    @Test
    void aSettingThatChangedIsNamedWithBothValues() {
        String changed = difference(Map.of("ipc", "4"), Map.of("ipc", "3")).orElseThrow();
        assertTrue(changed.startsWith(CONFIG + ": ipc is 4, but the run was begun with 3; "), changed);
    }
}
