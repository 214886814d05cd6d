/**
 * Charts and pictures for papers and slides, as PNG and SVG.
 *
 * <p>A {@link io.mdc.report.chart.Picture} paints itself in the colours of a {@link io.mdc.report.chart.Theme};
 * {@link io.mdc.report.chart.PictureFiles} writes it.
 *
 * <p>Invariants: nothing is told by colour alone, but by a marker, a dash, a hatching or a text too; colours are those
 * of Okabe and Ito (2008), which people with any colour vision tell apart; only this package names XChart.
 *
 * <p>To add a chart, implement {@link io.mdc.report.chart.Picture}.
 */
package io.mdc.report.chart;
