package io.mdc.cli;

import io.mdc.page.Page;
import io.mdc.page.PageReader;
import io.mdc.page.RunView;
import io.mdc.report.sheet.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints runs side by side. */
@Command(
        name = "compare",
        description = "Print runs side by side: settings that differ, accuracy per size with average and difference to"
                + " the first run, state and time.",
        footer = {"", "Example: mdc compare runs/a runs/b"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class CompareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Directories of runs, or directories that hold some.")
    private List<Path> runs;

    @Option(names = "--json", description = "Print an array with an object per table.")
    private boolean json;

    private final Console console;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Page page = PageReader.read(NamedRuns.open(runs));
        Format format = json ? Format.JSON : Format.TEXT;
        List<String> remarks = page.runs().stream()
                .flatMap(run -> remarks(run, page.runs().size() > 1))
                .toList();
        RunsEvaluation.print(console, page.tables(), format, remarks);
        page.runs().stream()
                .filter(RunView::isUnfinished)
                .forEach(run -> console.note(run.name() + ": " + run.progress()));
        return ExitCode.DONE;
    }

    private static Stream<String> remarks(RunView run, boolean several) {
        String name = several ? run.name() + ": " : "";
        return Stream.concat(run.faults().stream(), run.warnings().stream()).map(line -> name + line);
    }
}
