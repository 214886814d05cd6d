package io.mdc.report.chart;

/**
 * A line of a {@link LineChart}.
 *
 * @param name in the legend
 * @param x ascending; not copied, not changed
 * @param y as many; not copied, not changed
 * @param deviations of y, or null if there are none; not copied, not changed
 * @param kind lines of one kind share a colour and a marker; from 0
 * @param dashed whether it is dashed and thin
 */
public record Line(String name, double[] x, double[] y, double[] deviations, int kind, boolean dashed) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they differ, or there is no point
     */
    public Line {
        if (x.length == 0 || x.length != y.length || (deviations != null && deviations.length != x.length)) {
            throw new IllegalArgumentException(name + ": " + x.length + " places and " + y.length + " values");
        }
    }
}
