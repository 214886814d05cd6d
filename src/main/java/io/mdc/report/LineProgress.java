package io.mdc.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Plain lines for logs: at most one in ten seconds, or in a fiftieth of the time the phase has taken if longer. */
final class LineProgress implements Progress {
    private static final Duration SHORTEST_GAP = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private String phase = "";
    private Pace pace;
    private Duration printed = Duration.ZERO;

    LineProgress(PrintWriter out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void begin(String newPhase, long total, long done) {
        close();
        phase = newPhase;
        pace = new Pace(nanoTime, total, done);
        printed = Duration.ZERO;
    }

    @Override
    public synchronized void update(long done, String status) {
        pace.update(done);
        Duration elapsed = pace.elapsed();
        Duration gap = elapsed.dividedBy(50);
        if (elapsed.minus(printed).compareTo(gap.compareTo(SHORTEST_GAP) > 0 ? gap : SHORTEST_GAP) >= 0) {
            printed = elapsed;
            String text = pace.textWith(status);
            print(phase + " " + pace.percent() + "%" + (text.isEmpty() ? "" : ": " + text));
        }
    }

    @Override
    public synchronized void shorten(long total) {
        pace.shorten(total);
    }

    @Override
    public synchronized void milestone(String line) {
        print(line);
    }

    @Override
    public synchronized void close() {
        if (pace != null) {
            String state = pace.isComplete() ? " done in " : " stopped at " + pace.percent() + "% after ";
            print(phase + state + Durations.text(pace.elapsed()));
            pace = null;
        }
    }

    private void print(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
