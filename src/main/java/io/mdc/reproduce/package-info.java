/**
 * The paper's tables and figures, made again: what runs each needs, what the paper reports, what was measured here.
 *
 * <p>An {@link io.mdc.reproduce.Exhibit} has a {@code Content}, whose rows have a {@code Source}: what a row is
 * measured on, such as the prefixes of one run, or a run for every size. A source names runs by a {@code Recipe}; a
 * {@code Setup} turns it into settings. All that is asked of all runs is a {@code Plan}, of which a
 * {@code ReproduceJob} makes what is missing; {@code Findings} read what there is.
 *
 * <p>Invariants: a run's directory is named by the settings that shape it, so that tables share runs and a run is never
 * made twice; whatever is measured is read from the directories of the runs and kept nowhere else; a process takes a
 * run by its lock ({@link io.mdc.base.InUseException}), so that several work on one directory.
 *
 * <p>To add a table, add its file and constant to {@link io.mdc.paper}, a case to {@code TableRows}, and a constant to
 * {@link io.mdc.reproduce.Exhibit}. To add what a row can be measured on, implement {@code Source}.
 */
package io.mdc.reproduce;
