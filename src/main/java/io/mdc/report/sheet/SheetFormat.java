package io.mdc.report.sheet;

import java.util.List;

/** A way to write tables. */
@FunctionalInterface
public interface SheetFormat {
    /** Returns the tables one after another; the last line ends with a line feed. */
    String write(List<Sheet> sheets);
}
