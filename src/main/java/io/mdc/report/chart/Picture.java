package io.mdc.report.chart;

import java.awt.Graphics2D;

/** Something that can be painted, on a screen or in a file of shapes. */
public interface Picture {
    /** Width in units of a pixel at normal size. */
    int width();

    /** Height in the same units. */
    int height();

    /** Paints it, background included. */
    void paint(Graphics2D to);
}
