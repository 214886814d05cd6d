package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir
    private Path folder;

    static boolean hasBash() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    /** What bash would offer for the last word of a line. */
    private List<String> completed(String... words) throws Exception {
        Path script = Files.writeString(
                folder.resolve("mdc.bash"), Cli.run("completion", "bash").out());
        String line = String.join(" ", words);
        String ask = ". " + script + "; COMP_WORDS=(" + line + " ''); COMP_CWORD=" + words.length + "; COMP_LINE='"
                + line + " '; COMP_POINT=${#COMP_LINE}; _complete_mdc; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "-c", ask)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return answer.lines().toList();
    }

    @Test
    @EnabledIf("hasBash")
    void bashCompletesCommandsOptionsAndChoices() throws Exception {
        List<String> commands = completed("mdc");
        assertTrue(commands.containsAll(List.of("condense", "runs", "doctor", "completion")), commands.toString());
        List<String> distances = completed("mdc", "condense", "--distance");
        assertEquals(List.of("mse", "l1", "cosine", "weight-cosine"), distances);
        List<String> formats = completed("mdc", "runs", "--format");
        assertEquals(List.of("text", "markdown", "csv", "latex", "json"), formats);
    }

    @Test
    void bothShellsRunOneScript() {
        Cli bash = Cli.run("completion", "bash");
        assertEquals(ExitCode.DONE, bash.code());
        assertEquals(bash, Cli.run("completion", "zsh"));
        assertTrue(bash.out().contains("autoload -U +X bashcompinit"), "zsh has to be told how to run it");
    }

    @Test
    void otherShellsAreRefusedByName() {
        assertEquals(
                new Cli(ExitCode.USAGE, "", "mdc: --shell fish: must be one of bash, zsh\n"),
                Cli.run("completion", "fish"));
    }
}
