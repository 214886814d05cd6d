package io.mdc.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes {@code docs/options.md} from the model that the command line is parsed with. */
final class OptionsPage {
    private final StringBuilder page = new StringBuilder();

    private OptionsPage() {}

    static String of(CommandLine root) {
        OptionsPage page = new OptionsPage();
        page.line("# Options of every command");
        page.line("");
        page.line("Written by `OptionsPageTest` from the program itself: change it there. Settings have the same names"
                + " in YAML files, without the hyphens in front: `ipc: 10` is `--ipc 10`.");
        page.command(root);
        return page.page.toString();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        line("");
        line("## " + spec.qualifiedName());
        line("");
        line(String.join(" ", spec.usageMessage().description()));
        List<OptionSpec> grouped = spec.argGroups().stream()
                .flatMap(group -> group.options().stream())
                .toList();
        table(
                "",
                spec.positionalParameters(),
                spec.options().stream()
                        .filter(option -> !option.hidden() && !grouped.contains(option))
                        .toList());
        for (ArgGroupSpec group : spec.argGroups()) {
            table(group.heading().replace("%n", "").replace(":", ""), List.of(), group.options());
        }
        String[] footer = spec.usageMessage().footer();
        line("");
        line("    " + footer[footer.length - 1].replace("Example: ", ""));
        command.getSubcommands().values().stream().distinct().forEach(this::command);
    }

    private void table(String heading, List<PositionalParamSpec> parameters, List<OptionSpec> options) {
        if (!heading.isEmpty()) {
            line("");
            line("### " + heading);
        }
        line("");
        line("| option | meaning |");
        line("| --- | --- |");
        for (PositionalParamSpec parameter : parameters) {
            row(parameter.paramLabel(), parameter.description());
        }
        for (OptionSpec option : options) {
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            row(String.join(", ", option.names()) + label, description(option));
        }
    }

    private static String description(OptionSpec option) {
        String text = String.join(" ", option.description());
        return option.completionCandidates() == null
                ? text
                : text.replace("${COMPLETION-CANDIDATES}", String.join(", ", option.completionCandidates()));
    }

    private void row(String name, String... description) {
        line("| `" + cell(name) + "` | " + cell(String.join(" ", description)) + " |");
    }

    private static String cell(String text) {
        return text.replace("%%", "%").replace("%n", " ").replace("|", "\\|");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
