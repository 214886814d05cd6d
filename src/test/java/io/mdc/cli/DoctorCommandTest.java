package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void everyFindingIsALineAndAdviceOneBelow() {
        Cli told = Cli.run("doctor");
        assertEquals(ExitCode.DONE, told.code(), told.toString());
        assertTrue(
                told.out().lines().allMatch(line -> line.matches("(ok|advice) +\\S.*|        +-> \\S.*")), told.out());
        // Tests are not started by the launcher.
        assertTrue(
                told.out().matches("(?s)advice  java .*, not started by \\./mdc\\n +-> start by \\./mdc, .*"),
                told.out());
    }

    @Test
    void programsGetTheSame() throws IOException {
        Cli told = Cli.run("doctor", "--json");
        JsonNode findings = new ObjectMapper().readTree(told.out());
        assertEquals("java", findings.get(0).get("subject").asText());
        assertEquals("advice", findings.get(0).get("status").asText());
        for (JsonNode finding : findings) {
            assertEquals(
                    finding.get("status").asText().equals("ok"),
                    finding.get("advice").isNull(),
                    finding.toString());
        }
    }
}
