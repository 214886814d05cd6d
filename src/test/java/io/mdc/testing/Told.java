package io.mdc.testing;

import io.mdc.report.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what it is told. */
public final class Told implements Progress {
    private final List<String> lines = new ArrayList<>();
    private final List<String> phases = new ArrayList<>();
    private final List<List<Long>> totals = new ArrayList<>();
    private final List<List<Long>> done = new ArrayList<>();
    private final List<String> status = new ArrayList<>();
    private final Consumer<String> each;

    /** Only keeps it. */
    public Told() {
        this(line -> {});
    }

    /** Also passes on each line that stays. */
    public Told(Consumer<String> each) {
        this.each = each;
    }

    /** The lines that stay. */
    public List<String> lines() {
        return lines;
    }

    /** What each phase was called, with its units at first: {@code name done/total}. */
    public List<String> phases() {
        return phases;
    }

    /** How many units each phase was said to have, at first and whenever it was shortened. */
    public List<List<Long>> totals() {
        return totals;
    }

    /** How many units of each phase were done, at first and at every update. */
    public List<List<Long>> done() {
        return done;
    }

    /** What was said at updates. */
    public List<String> status() {
        return status;
    }

    @Override
    public void begin(String phase, long total, long before) {
        phases.add(phase + " " + before + "/" + total);
        totals.add(new ArrayList<>(List.of(total)));
        done.add(new ArrayList<>(List.of(before)));
    }

    @Override
    public void update(long now, String text) {
        done.get(done.size() - 1).add(now);
        status.add(text);
    }

    @Override
    public void shorten(long total) {
        totals.get(totals.size() - 1).add(total);
    }

    @Override
    public void milestone(String line) {
        lines.add(line);
        each.accept(line);
    }

    @Override
    public void close() {}
}
