package io.mdc.report.chart;

import java.awt.Color;
import java.util.List;

/** Colours of pictures: dark on light for paper, light on dark for slides. */
public enum Theme {
    /** For paper and web pages. */
    LIGHT(
            new Color(0xFFFFFF),
            new Color(0x222222),
            new Color(0xDDDDDD),
            List.of(
                    new Color(0x0072B2),
                    new Color(0xD55E00),
                    new Color(0x009E73),
                    new Color(0xCC79A7),
                    new Color(0xE69F00),
                    new Color(0x56B4E9),
                    new Color(0x7A4B12),
                    new Color(0x707070))),
    /** For slides. */
    DARK(
            new Color(0x16181D),
            new Color(0xEEEEEE),
            new Color(0x3A3F47),
            List.of(
                    new Color(0x56B4E9),
                    new Color(0xE69F00),
                    new Color(0x2FC79B),
                    new Color(0xE59AC4),
                    new Color(0xF0E442),
                    new Color(0xFF7A33),
                    new Color(0xC9A27C),
                    new Color(0xB0B0B0)));

    private final Color background;
    private final Color foreground;
    private final Color grid;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Color> series;

    Theme(Color background, Color foreground, Color grid, List<Color> series) {
        this.background = background;
        this.foreground = foreground;
        this.grid = grid;
        this.series = series;
    }

    /** What is behind everything. */
    public Color background() {
        return background;
    }

    /** Texts and axes. */
    public Color foreground() {
        return foreground;
    }

    /** Lines that guide the eye. */
    public Color grid() {
        return grid;
    }

    /** The colour of the thing number {@code i}, from 0; they repeat. */
    public Color series(int i) {
        return series.get(i % series.size());
    }
}
