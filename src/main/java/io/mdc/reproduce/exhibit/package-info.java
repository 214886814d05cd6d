/**
 * The paper's tables and figures: what runs each needs, what the paper reports, and how both are shown.
 *
 * <p>An {@link io.mdc.reproduce.exhibit.Exhibit} has a {@link io.mdc.reproduce.exhibit.Content}, whose rows have a
 * {@code Source}: what a row is measured on, such as the prefixes of one run, or a run for every size.
 *
 * <p>Invariants: an exhibit tells what it needs before anything is made, and shows whatever there is of it.
 *
 * <p>To add a table, add its file and constant to {@link io.mdc.paper}, a case to {@code TableRows}, and a constant to
 * {@link io.mdc.reproduce.exhibit.Exhibit}. To add what a row can be measured on, implement {@code Source}.
 */
package io.mdc.reproduce.exhibit;
