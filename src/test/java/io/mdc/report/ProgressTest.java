package io.mdc.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong clock = new AtomicLong();
    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text);

    @Test
    void timeLeftIsUnknownBeforeTheFirstUnit() {
        Pace pace = new Pace(clock::get, 10, 4);
        pass(100);
        assertEquals(Optional.empty(), pace.left());
        assertEquals("", pace.textWith(""));
    }

    @Test
    void timeLeftCountsOnlyUnitsOfThisRun() {
        Pace pace = new Pace(clock::get, 10, 4);
        pass(6);
        pace.update(6);
        assertEquals(Optional.of(Duration.ofSeconds(12)), pace.left());
        assertEquals("12 s left", pace.textWith(""));
        assertEquals("outer 1, 12 s left", pace.textWith("outer 1"));
        pass(6);
        assertEquals(Optional.of(Duration.ofSeconds(24)), pace.left(), "a unit that takes long makes it longer");
    }

    @Test
    void unitsThatWillNotBeDoneTakeNoTime() {
        Pace pace = new Pace(clock::get, 10, 0);
        pass(6);
        pace.update(4);
        pace.shorten(6);
        assertEquals(Optional.of(Duration.ofSeconds(3)), pace.left());
        assertEquals(66, pace.percent());
        pace.shorten(1);
        assertTrue(pace.isComplete());
    }

    @Test
    void completeWorkHasNoTimeLeftToTell() {
        Pace pace = new Pace(clock::get, 10, 0);
        pass(1);
        pace.update(10);
        assertEquals("outer 2", pace.textWith("outer 2"));
        assertEquals(100, pace.percent());
    }

    @Test
    void linesComeAtMostEveryTenSecondsApartFromMilestones() {
        try (Progress progress = new LineProgress(err, clock::get)) {
            progress.begin("condensing", 30, 0);
            for (int i = 1; i <= 30; i++) {
                pass(1);
                progress.update(i, "outer " + i);
                if (i == 15) {
                    progress.milestone("subset 4 from here on");
                }
            }
        }
        assertEquals("""
                condensing 33%: outer 10, 20 s left
                subset 4 from here on
                condensing 66%: outer 20, 10 s left
                condensing 100%: outer 30
                condensing done in 30 s
                """, text.toString());
    }

    @Test
    void linesOfALongPhaseGrowRare() {
        try (Progress progress = new LineProgress(err, clock::get)) {
            progress.begin("condensing", 36_000, 0);
            for (int i = 1; i <= 36_000; i++) {
                pass(1);
                progress.update(i, "");
            }
        }
        long lines = text.toString().lines().count();
        assertTrue(lines > 100 && lines < 300, lines + " lines in ten hours");
    }

    @Test
    void phaseThatIsClosedEarlySaysHowFarItCame() {
        Progress progress = new LineProgress(err, clock::get);
        progress.begin("condensing", 10, 0);
        pass(5);
        progress.update(4, "");
        progress.close();
        progress.close();
        assertEquals("condensing stopped at 40% after 5 s\n", text.toString());
    }

    @Test
    void liveLineIsDrawnOverAndMilestonesStay() {
        try (Progress progress = new LiveProgress(err, 100)) {
            progress.begin("condensing", 4, 0);
            progress.update(1, "outer 1/4, loss 1.25, subset 3");
            progress.milestone("checkpoint written");
            progress.update(4, "outer 4/4");
        }
        assertEquals(
                "checkpoint written\ncondensing done in 0 s\n",
                screen(text.toString()),
                "only what is to stay is left on the screen");
    }

    @Test
    void liveLineShowsStatusAndTimeLeftWithinTheWidth() throws InterruptedException {
        try (Progress progress = new LiveProgress(err, 60)) {
            progress.begin("condensing", 4, 0);
            progress.update(1, "outer 1/4, a status that is far too long for such a terminal");
            TimeUnit.MILLISECONDS.sleep(600);
        }
        String drawn = text.toString();
        assertTrue(
                Pattern.compile("\r25% outer 1/4, a status that is far too lon[^\r]*, \\d+ s left")
                        .matcher(drawn)
                        .find(),
                drawn);
        assertTrue(drawn.lines().flatMap(line -> line.lines()).allMatch(line -> line.length() < 60), drawn);
    }

    @Test
    void logsGetLinesAndTerminalsTheLiveLine() {
        assertTrue(Progress.on(err, false) instanceof LineProgress);
        assertFalse(Progress.on(err, true) instanceof LineProgress);
    }

    private void pass(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Returns what a terminal shows in the end: a carriage return moves to the start of the line, text overwrites. */
    private static String screen(String written) {
        StringBuilder done = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                done.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                column = 0;
            } else {
                line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
                column++;
            }
        }
        return done + line.toString().strip();
    }
}
