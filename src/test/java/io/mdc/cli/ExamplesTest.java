package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ExamplesTest {
    private static final String EXAMPLE = "Example: ";

    private static CommandLine root() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine(new Console(nowhere, nowhere, false));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(ExamplesTest::below));
    }

    static List<String> names() {
        return below(root())
                .map(command -> command.getCommandSpec().qualifiedName())
                .toList();
    }

    private static CommandSpec spec(String name) {
        return below(root())
                .map(CommandLine::getCommandSpec)
                .filter(spec -> spec.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void helpEndsWithAnExampleOfTheCommandThatParses(String name) {
        String help = spec(name).commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
        String last = help.lines().reduce((before, line) -> line).orElseThrow();
        assertTrue(last.startsWith(EXAMPLE + name), last);

        String[] words = last.substring(EXAMPLE.length()).split(" ");
        assertEquals("mdc", words[0]);
        CommandLine root = root();
        CommandLine.ParseResult parsed = root.parseArgs(Arrays.copyOfRange(words, 1, words.length));
        assertTrue(parsed.errors().isEmpty(), parsed.errors().toString());
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        String parsedName = parsed.commandSpec().qualifiedName();
        assertTrue(parsedName.startsWith(name), parsedName);
        assertSame(root.getCommandSpec(), parsed.commandSpec().root());
    }
}
