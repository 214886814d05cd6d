package io.mdc.cli;

import io.mdc.base.FailureLine;
import io.mdc.directory.RunDirectory;
import io.mdc.job.EvaluateAllJob;
import io.mdc.page.AccuracyTexts;
import io.mdc.page.ComparisonTable;
import io.mdc.report.Progress;
import io.mdc.report.sheet.Format;
import io.mdc.report.sheet.Sheet;
import io.mdc.run.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Evaluates several runs for the command line, and prints one table.
 *
 * @param console where it prints
 * @param job what it does
 * @param format of the table
 */
record RunsEvaluation(Console console, EvaluateAllJob job, Format format) implements Callable<Integer> {

    /**
     * Evaluates and prints.
     *
     * @throws LeftOutException if some runs failed
     */
    @Override
    public Integer call() throws IOException {
        Ending<EvaluateAllJob.Result> ending =
                Interruptible.run(console, (progress, stop) -> job.run(progress, stop, teller(progress)));
        if (!(ending instanceof Ending.Finished<EvaluateAllJob.Result> finished)) {
            return ExitCode.INTERRUPTED;
        }
        EvaluateAllJob.Result result = finished.result();
        if (!result.evaluated().isEmpty()) {
            List<String> warnings = warnings(result.evaluated().keySet());
            print(console, ComparisonTable.of(List.copyOf(result.evaluated().values())), format, warnings);
        }
        if (!result.leftOut().isEmpty()) {
            throw new LeftOutException(result.leftOut(), job.runs().size());
        }
        return ExitCode.DONE;
    }

    /** Tells of runs that are left out. */
    static Consumer<EvaluateAllJob.LeftOut> teller(Progress progress) {
        return failed -> progress.milestone(failed.run().path() + ": left out: " + FailureLine.of(failed.reason()));
    }

    /** The warnings of several runs, each with its directory. */
    static List<String> warnings(Collection<RunDirectory> runs) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (RunDirectory run : runs) {
            warnings(run).forEach(warning -> warnings.add(run.path() + ": " + warning));
        }
        return warnings;
    }

    /** Signs that a run diverged, and after them whether networks trained on its set do no better than guessing. */
    static List<String> warnings(RunDirectory directory) throws IOException {
        List<String> warnings = new ArrayList<>(directory.warnings());
        AccuracyTexts.chance(directory).ifPresent(warnings::add);
        return warnings;
    }

    /** Prints tables, and signs that runs diverged below them, or beside them where a program reads the tables. */
    static void print(Console console, List<Sheet> sheets, Format format, List<String> warnings) {
        console.out().print(format.write(sheets));
        if (format == Format.TEXT) {
            warnings.forEach(warning -> console.out().print("warning: " + warning + "\n"));
        } else {
            warn(console, warnings);
        }
    }

    /** Says beside what was printed what is to be known of it. */
    static void warn(Console console, List<String> warnings) {
        warnings.forEach(warning -> console.err().print("mdc: warning: " + warning + "\n"));
    }
}
