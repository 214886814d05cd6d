package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {
    private static final Path FILE = Path.of("docs/options.md");
    private static final String REWRITE = "mvn -Dquick -Dtest=OptionsPageTest -Dmdc.docs.write test";

    @Test
    void pageIsWhatTheProgramSays() throws IOException {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String page = OptionsPage.of(Main.commandLine(new Console(nowhere, nowhere, false)));
        if (System.getProperty("mdc.docs.write") != null) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, page);
        }
        String written = Files.exists(FILE) ? Files.readString(FILE) : "";
        assertEquals(page, written, () -> FILE + " is out of date; rewrite it with: " + REWRITE);
    }
}
