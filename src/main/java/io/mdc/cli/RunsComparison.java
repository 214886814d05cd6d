package io.mdc.cli;

import io.mdc.base.Json;
import io.mdc.directory.RunDirectory;
import io.mdc.job.RobustJob;
import io.mdc.page.RobustTable;
import io.mdc.report.sheet.Format;
import io.mdc.robust.RobustEvaluation;
import io.mdc.run.Ending;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Compares the condensed sets of runs with real images for the command line, and prints one table.
 *
 * @param console where it prints
 * @param runs finished runs; copied
 * @param options settings given for all of them
 * @param format of the table
 */
record RunsComparison(Console console, List<RunDirectory> runs, Layer options, Format format)
        implements Callable<Integer> {
    RunsComparison {
        runs = List.copyOf(runs);
    }

    /**
     * Compares and prints.
     *
     * @throws LeftOutException if some of several runs failed
     */
    @Override
    public Integer call() throws IOException {
        RobustJob job = new RobustJob(runs, options);
        Ending<RobustJob.Result> ending = Interruptible.run(
                console, (progress, stop) -> job.run(progress, stop, RunsEvaluation.teller(progress)));
        if (!(ending instanceof Ending.Finished<RobustJob.Result> finished)) {
            return ExitCode.INTERRUPTED;
        }
        RobustJob.Result result = finished.result();
        print(result.compared());
        if (!result.leftOut().isEmpty()) {
            throw new LeftOutException(result.leftOut(), runs.size());
        }
        return ExitCode.DONE;
    }

    private void print(Map<RunDirectory, RobustEvaluation> compared) throws IOException {
        List<RobustEvaluation> all = List.copyOf(compared.values());
        List<String> warnings =
                runs.size() == 1 ? RunsEvaluation.warnings(runs.get(0)) : RunsEvaluation.warnings(compared.keySet());
        if (format == Format.JSON && runs.size() == 1) {
            console.out().print(Json.text(all.get(0)));
            RunsEvaluation.warn(console, warnings);
        } else if (!all.isEmpty()) {
            RunsEvaluation.print(console, RobustTable.of(all), format, warnings);
            if (format == Format.TEXT && runs.size() == 1) {
                console.out().print("comparison  " + runs.get(0).robust() + "\n");
            }
        }
    }
}
