package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** What tests of single runs have in common. */
abstract class TinyJobs {
    @TempDir
    Path folder;

    static Ending<CondenseJob.Result> condense(RunConfig config, Path out, boolean resume, Stop stop)
            throws IOException {
        return new CondenseJob(config, Optional.of(out), resume).run(Progress.silent(), stop);
    }

    static <T> T finished(Ending<T> ending) {
        assertInstanceOf(Ending.Finished.class, ending);
        return ((Ending.Finished<T>) ending).result();
    }

    static <T> String advice(Ending<T> ending) {
        assertInstanceOf(Ending.Interrupted.class, ending);
        return ((Ending.Interrupted<T>) ending).advice();
    }

    static boolean goOn() {
        return false;
    }

    /** Says stop when asked for the {@code n}th time. */
    static Stop stopAt(int n) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() >= n;
    }

    static RunDirectory condensed(Path out, String... changes) throws IOException {
        return finished(condense(TinySettings.with(changes), out, false, TinyJobs::goOn))
                .directory();
    }
}
