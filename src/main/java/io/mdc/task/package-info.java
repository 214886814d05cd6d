/**
 * What is condensed, how, and with what: the settings that shape the images, the {@link io.mdc.task.Place} in the
 * loops, the classes that a process condenses.
 *
 * <p>Invariants: nothing here knows a base method; settings are checked when they are made and never change; all random
 * numbers of a condensation are derived from the seed and the place, never from a running generator, so that a resumed
 * run draws what the uninterrupted one would have.
 *
 * <p>To add a setting, add a component to one of the records and its default to {@code configs/defaults.yaml}.
 */
package io.mdc.task;
