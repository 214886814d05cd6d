/**
 * Tables of results that are written as text, Markdown, CSV, LaTeX or JSON.
 *
 * <p>A {@link io.mdc.report.sheet.Sheet} holds what is said, a {@link io.mdc.report.sheet.SheetFormat} knows how.
 * People are shown one decimal, and what others have printed as it stands there; programs are told four.
 *
 * <p>To add a format, write a {@link io.mdc.report.sheet.SheetFormat} and add a constant to
 * {@link io.mdc.report.sheet.Format}; the option, its help and its page follow.
 */
package io.mdc.report.sheet;
