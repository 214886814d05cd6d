package io.mdc.cli;

import io.mdc.page.HtmlPage;
import io.mdc.page.PageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a page about runs. */
@Command(
        name = "report",
        description = "Write one HTML page about a run, or several side by side, that needs nothing else: settings,"
                + " accuracies, losses, subsets, images, times; of an unfinished run what there is so far.",
        footer = {"", "Example: mdc report runs/small --out small.html"},
        abbreviateSynopsis = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Directories of runs, or directories that hold some.")
    private List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            required = true,
            description = "File to write; an earlier report is replaced, anything else is not.")
    private Path out;

    private final Console console;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        HtmlPage.requireFree(out);
        HtmlPage.write(PageReader.read(NamedRuns.open(runs)), out);
        console.out().print("report  " + out + "\n");
        return ExitCode.DONE;
    }
}
