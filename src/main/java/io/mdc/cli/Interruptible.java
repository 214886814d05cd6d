package io.mdc.cli;

import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.StopSignal;
import java.io.IOException;

/** Work that Ctrl-C ends at the next good moment. */
final class Interruptible {
    private Interruptible() {}

    /** Work that tells how far it is and asks now and then whether to stop. */
    @FunctionalInterface
    interface Work<T> {
        Ending<T> run(Progress progress, Stop stop) throws IOException;
    }

    /** Works with progress on the console; says there how to go on after an interruption. */
    static <T> Ending<T> run(Console console, Work<T> work) throws IOException {
        Progress progress = console.progress();
        // The signal is closed last, for from then on the process may end at any moment.
        try (StopSignal stop = new StopSignal(progress::milestone);
                progress) {
            Ending<T> ending = work.run(progress, stop);
            if (ending instanceof Ending.Interrupted<T> interrupted) {
                progress.milestone(interrupted.advice());
            }
            return ending;
        }
    }
}
