package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.bench.Estimate;
import io.mdc.config.RunConfig;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that take long now and then, such as those that train networks for every selection. */
class SlowSelectionTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private static Ending<CondenseJob.Result> condense(RunConfig config, Path out, boolean resume, Stop stop) {
        try {
            return new CondenseJob(config, Optional.of(out), resume).run(Progress.silent(), stop);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RunConfig config(int epochs) {
        return TinySettings.with("metric", "accuracy", "accuracy-width", "2", "accuracy-epochs", "" + epochs);
    }

    /** What has the state saved from outside. */
    private static final class Outside implements Stop {
        private final AtomicReference<Runnable> save = new AtomicReference<>();
        private volatile boolean requested;
        private volatile String advice = "";

        @Override
        public boolean requested() {
            return requested;
        }

        @Override
        public void waitForWork(Runnable saving) {
            save.set(saving);
        }

        @Override
        public void advise(String line) {
            advice = line;
        }

        /** Tries to save until something was. */
        void save(Path out, CompletableFuture<?> run) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.exists(out.resolve("checkpoint/state.npz"))) {
                assertTrue(System.nanoTime() < deadline && !run.isDone(), "nothing is saved");
                if (save.get() != null) {
                    save.get().run();
                }
                Thread.sleep(5);
            }
        }
    }

    @Test
    void ofQuickLoopsAStateIsKeptEveryFewSeconds() throws Exception {
        Path out = folder.resolve("run");
        Outside ended = new Outside();
        RunConfig config = TinySettings.with("outer", "1", "inner", "1000000");
        CompletableFuture<Ending<CondenseJob.Result>> run =
                CompletableFuture.supplyAsync(() -> condense(config, out, false, ended));
        ended.save(out, run);
        assertEquals("interrupted; continue with: mdc condense --resume --out " + out, ended.advice);
        ended.requested = true;
        assertInstanceOf(Ending.Interrupted.class, run.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** What is saved when the process is ended while networks are trained. */
    @Test
    void theStateBeforeASelectionIsSavedWhileItGoesOn() throws Exception {
        Path whole = folder.resolve("whole");
        Outside ended = new Outside();
        CompletableFuture<Ending<CondenseJob.Result>> run =
                CompletableFuture.supplyAsync(() -> condense(config(3000), whole, false, ended));
        ended.save(whole, run);
        assertEquals(0, Files.size(whole.resolve("mls.jsonl")), "the first selection is over");
        Path copy = folder.resolve("copy");
        FileUtils.copyDirectory(whole.toFile(), copy.toFile());
        assertInstanceOf(Ending.Finished.class, run.get(PATIENCE_SECONDS, TimeUnit.SECONDS));

        Checkpoint saved =
                RunDirectory.open(copy).checkpoints().read(note -> {}).orElseThrow();
        assertEquals(1, saved.state().outer());
        assertEquals(2, saved.state().inner());
        assertInstanceOf(Ending.Finished.class, condense(config(3000), copy, true, () -> false));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), copy.resolve("synthetic.npz")));
        assertEquals(-1, Files.mismatch(whole.resolve("mls.jsonl"), copy.resolve("mls.jsonl")));
        assertEquals(2, Files.readAllLines(copy.resolve("mls.jsonl")).size());
    }

    @Test
    void theyAreInTheEstimate() {
        Estimate brief = new EstimateJob(config(10)).run(Progress.silent()).condensing();
        Estimate other =
                new EstimateJob(TinySettings.with()).run(Progress.silent()).condensing();
        assertEquals(0, other.selection());
        assertTrue(brief.selection() > 0);
        // Outer loops 1 and 2 end with one.
        assertEquals(4 * brief.innerLoop() + 2 * brief.selection(), brief.seconds(), 1e-9);
        Estimate longer =
                new EstimateJob(config(100_000)).run(Progress.silent()).condensing();
        assertTrue(longer.selection() > 100 * brief.selection(), longer + " after " + brief);
    }
}
