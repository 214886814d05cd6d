package io.mdc.cli;

import io.mdc.directory.RunDirectory;
import io.mdc.family.FamilyResult;
import io.mdc.job.EvaluateAllJob;
import io.mdc.job.FamilyJob;
import io.mdc.report.sheet.Format;
import io.mdc.report.sheet.Sheet;
import io.mdc.run.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Condenses a family for the command line.
 *
 * @param console where it prints
 * @param job what it does
 */
record FamilyRun(Console console, FamilyJob job) implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Ending<FamilyResult> ending = Interruptible.run(console, job::run);
        if (!(ending instanceof Ending.Finished<FamilyResult> finished)) {
            return ExitCode.INTERRUPTED;
        }
        FamilyResult result = finished.result();
        List<Sheet> courses = new ArrayList<>();
        for (RunDirectory run : result.finished()) {
            CourseTable.of(run).ifPresent(courses::add);
        }
        if (!courses.isEmpty()) {
            console.out().print(Format.TEXT.write(courses));
        }
        result.finished().forEach(run -> console.out().print("condensed set  " + run.synthetic() + "\n"));
        result.failed().forEach((run, reason) -> console.err().print("mdc: " + run.path() + ": " + reason + "\n"));
        EvaluateAllJob evaluation = job.evaluation(result.finished());
        int code = evaluation.runs().isEmpty()
                ? ExitCode.DONE
                : new RunsEvaluation(console, evaluation, Format.TEXT).call();
        return result.failed().isEmpty() ? code : ExitCode.FAILED;
    }
}
