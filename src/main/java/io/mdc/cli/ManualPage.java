package io.mdc.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All commands and options as one manual page, in the macros of {@code man(7)}. */
final class ManualPage {
    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    static String of(CommandSpec root, String version) {
        ManualPage page = new ManualPage();
        page.macro("TH", root.name().toUpperCase(Locale.ROOT), "1", "", root.name() + " " + version);
        page.macro("nh"); // names of options are not to be broken
        page.macro("SH", "NAME");
        page.text(root.name() + " - " + description(root));
        page.macro("SH", "SYNOPSIS");
        page.macro("B", root.name());
        page.text("COMMAND [OPTION]... [ARGUMENT]...");
        page.macro("SH", "COMMANDS");
        page.command(root);
        page.macro("SH", "EXIT STATUS");
        page.text(
                "0 done; 1 failed; 2 wrong usage; 3 data missing or corrupt; 4 out of memory; 130 and 143 interrupted,"
                        + " with what was reached saved.");
        page.macro("SH", "FILES");
        page.text("A run is a directory; docs/run-directory.md tells of its files.");
        return page.page.toString();
    }

    private void command(CommandSpec spec) {
        macro("SS", spec.qualifiedName());
        text(description(spec));
        spec.positionalParameters().forEach(this::parameter);
        List<OptionSpec> grouped = spec.argGroups().stream()
                .flatMap(group -> group.options().stream())
                .toList();
        spec.options().stream()
                .filter(option -> !option.hidden() && !grouped.contains(option))
                .forEach(this::option);
        for (ArgGroupSpec group : spec.argGroups()) {
            macro("PP");
            macro("I", group.heading().replace("%n", "").strip());
            group.options().forEach(this::option);
        }
        String[] footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            macro("PP");
            text(footer[footer.length - 1]);
        }
        spec.subcommands().values().stream()
                .distinct()
                .map(CommandLine::getCommandSpec)
                .forEach(this::command);
    }

    private void parameter(PositionalParamSpec parameter) {
        macro("TP");
        macro("I", parameter.paramLabel());
        text(description(parameter));
    }

    private void option(OptionSpec option) {
        macro("TP");
        macro("B", String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel()));
        text(description(option));
    }

    private static String description(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description());
    }

    private static String description(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        String defaulted = String.valueOf(argument.defaultValue());
        String candidates =
                argument.completionCandidates() == null ? "" : String.join(", ", argument.completionCandidates());
        return text.replace("${COMPLETION-CANDIDATES}", candidates)
                .replace("${DEFAULT-VALUE}", defaulted)
                .replace("%%", "%")
                .replace("%n", " ");
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        Arrays.stream(arguments).forEach(argument -> page.append(" \"")
                .append(escaped(argument).replace("\"", "\\(dq"))
                .append('"'));
        page.append('\n');
    }

    /** A line that begins with a full stop or an apostrophe would be a macro. */
    private void text(String text) {
        page.append("\\&").append(escaped(text)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha");
    }
}
