package io.mdc.report;

import java.io.PrintWriter;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** One line on a terminal that is drawn over itself; phases that end and milestones leave a line behind. */
final class LiveProgress implements Progress {
    private static final int REDRAW_MILLIS = 250;
    private static final int BAR = 20;

    private final PrintWriter out;
    private final int width;
    private Line line;
    private ProgressBar bar;
    private Pace pace;

    LiveProgress(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
        this.line = new Line(out, width);
    }

    @Override
    public synchronized void begin(String phase, long total, long done) {
        close();
        Pace newPace = new Pace(System::nanoTime, total, done);
        pace = newPace;
        line = new Line(out, width);
        bar = new ProgressBarBuilder()
                .setTaskName(phase)
                .setInitialMax(total)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setConsumer(line)
                .setRenderer((state, columns) -> render(state, newPace, columns))
                .build();
        bar.stepTo(done);
    }

    @Override
    public synchronized void update(long done, String status) {
        pace.update(done);
        bar.setExtraMessage(status);
        bar.stepTo(done);
    }

    @Override
    public synchronized void shorten(long total) {
        pace.shorten(total);
        bar.maxHint(total);
    }

    @Override
    public synchronized void milestone(String text) {
        line.printAbove(text);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            String phase = bar.getTaskName();
            String state = pace.isComplete() ? " done in " : " stopped at " + pace.percent() + "% after ";
            bar.close();
            line.replaceBy(phase + state + Durations.text(pace.elapsed()));
            bar = null;
        }
    }

    /**
     * Draws "condensing 40% [######## ] outer 2/5, loss 1.2, 3 min 10 s left"; where the terminal is too narrow,
     * without the bar, then without the first words, then with a status that is cut.
     */
    private static String render(ProgressState state, Pace pace, int width) {
        int percent = pace.percent();
        int full = percent * BAR / 100;
        String status = state.getExtraMessage();
        String bare = "%d%% %s".formatted(percent, pace.textWith(status));
        return Stream.of(
                        "%s %3d%% [%s%s] %s"
                                .formatted(
                                        state.getTaskName(),
                                        percent,
                                        "#".repeat(full),
                                        " ".repeat(BAR - full),
                                        pace.textWith(status)),
                        state.getTaskName() + " " + bare,
                        bare)
                .filter(text -> text.length() <= width)
                .findFirst()
                .orElseGet(() -> {
                    int kept = Math.max(0, status.length() - (bare.length() - width));
                    String cut = "%d%% %s".formatted(percent, pace.textWith(status.substring(0, kept)));
                    return cut.length() <= width ? cut : cut.substring(0, width);
                });
    }

    /** The line itself: written by the bar's own thread, interrupted by lines that stay. */
    private static final class Line implements ProgressBarConsumer {
        private final PrintWriter out;
        private final int width;
        private String shown = "";
        private boolean ended;

        Line(PrintWriter out, int width) {
            this.out = out;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width - 1;
        }

        @Override
        public synchronized void accept(String text) {
            if (ended) {
                return;
            }
            out.print("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
            out.flush();
            shown = text;
        }

        @Override
        public synchronized void clear() {
            out.print("\r" + " ".repeat(shown.length()) + "\r");
            out.flush();
            shown = "";
        }

        synchronized void printAbove(String text) {
            String current = shown;
            clear();
            out.print(text + "\n");
            accept(current);
        }

        /** Leaves a text in place of the line, which is not drawn again even if the bar's thread is late. */
        synchronized void replaceBy(String text) {
            ended = true;
            clear();
            out.print(text + "\n");
            out.flush();
        }

        @Override
        public synchronized void close() {
            clear();
        }
    }
}
