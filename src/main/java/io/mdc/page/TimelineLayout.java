package io.mdc.page;

import java.util.List;

/** Where everything of a timeline is drawn, for its template. */
public final class TimelineLayout {
    private static final int TALLEST = 180;
    private static final int ROW = 16;

    private final Timeline timeline;
    private final Ticks across;

    /** The layout of a timeline. */
    public TimelineLayout(Timeline timeline) {
        this.timeline = timeline;
        across = Ticks.within(0, timeline.end(), 1);
    }

    /** A rectangle. */
    public record Bar(String x, String y, String width, String height) {}

    /** What is drawn. */
    public Timeline timeline() {
        return timeline;
    }

    /** The lower end of the vertical axis. */
    public int bottom() {
        return ChartLayout.TOP + Math.min(TALLEST, ROW * timeline.images());
    }

    /** The whole height. */
    public int height() {
        return bottom() + ChartLayout.HEIGHT - ChartLayout.BOTTOM;
    }

    /** Outer loops below the bars. */
    public List<ChartLayout.Tick> across() {
        return across.values().stream()
                .map(value -> new ChartLayout.Tick(ChartLayout.number(x(value)), Numbers.text(value)))
                .toList();
    }

    /** Numbers of images beside the bars. */
    public List<ChartLayout.Tick> up() {
        return Ticks.within(0, timeline.images(), 1).values().stream()
                .map(value -> new ChartLayout.Tick(ChartLayout.number(y(value)), Numbers.text(value)))
                .toList();
    }

    /** A bar for every selection. */
    public List<Bar> selected() {
        return timeline.spans().stream().map(span -> bar(span, span.selected())).toList();
    }

    /** A bar for every selection of which some images rest. */
    public List<Bar> frozen() {
        return timeline.spans().stream()
                .filter(span -> span.frozen() > 0)
                .map(span -> bar(span, span.frozen()))
                .toList();
    }

    private Bar bar(Timeline.Span span, int images) {
        return new Bar(
                ChartLayout.number(x(span.after())),
                ChartLayout.number(y(images)),
                ChartLayout.number(x(span.until()) - x(span.after())),
                ChartLayout.number(bottom() - y(images)));
    }

    private double x(double loop) {
        return ChartLayout.LEFT + loop / timeline.end() * (ChartLayout.RIGHT - ChartLayout.LEFT);
    }

    private double y(double images) {
        return bottom() - images / timeline.images() * (bottom() - ChartLayout.TOP);
    }
}
