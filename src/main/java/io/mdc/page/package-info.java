/**
 * Reports of runs: what there is to be seen of one run or of several, as values, and as a page that stands alone.
 *
 * <p>{@link io.mdc.page.PageReader} makes a {@link io.mdc.page.Page} of run directories; {@link io.mdc.page.HtmlPage}
 * writes it by the templates in {@code src/main/jte}, which the build compiles, and {@code mdc compare} prints its
 * tables.
 *
 * <p>Invariants: a page's values hold no HTML, templates escape whatever they are given, and only this package names
 * jte; a file that is damaged or missing is a line in the page and never a failure; nothing is written to the
 * directories; the page loads nothing, and the numbers of every chart are in a table below it.
 *
 * <p>To add a section, add a component to {@link io.mdc.page.Page}, or to {@link io.mdc.page.RunView} if each run has
 * its own, a class {@code …Section} that makes it of what a {@code RunReading} holds, a template of its own in
 * {@code src/main/jte/section}, and its line in {@code page.jte}.
 */
package io.mdc.page;
