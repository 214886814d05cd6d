package io.mdc.cli;

import io.mdc.directory.RunSummary;
import io.mdc.job.RunFinder;
import io.mdc.report.sheet.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the runs in a directory. */
@Command(
        name = "runs",
        description = "List the runs in a directory, those of families too: how far each is, in which settings they"
                + " differ, and what was measured. Nothing is written.",
        footer = {"", "Example: mdc runs runs --format markdown"},
        sortOptions = false)
final class RunsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "Where to look, up to " + RunFinder.DEPTH + " directories deep (default: here).")
    private Path directory = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "NAME",
            completionCandidates = FormatNames.class,
            description = "How the table is written (${COMPLETION-CANDIDATES}; default: text).")
    private String format;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Format wanted = FormatNames.chosen(format, json);
        List<RunSummary> runs = RunFinder.below(directory);
        if (runs.isEmpty() && wanted == Format.TEXT) {
            console.note("no runs in " + directory.toAbsolutePath());
        } else {
            console.out().print(wanted.write(List.of(RunsTable.of(RunFinder.start(directory), runs))));
        }
        return ExitCode.DONE;
    }
}
