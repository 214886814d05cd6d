/**
 * The command line: parse, call, print.
 *
 * <p>Data goes to standard output, everything else to standard error; a failure is one line there and one of the codes
 * of {@link io.mdc.cli.ExitCode}, given by {@code Failures} alone. Options for settings are not written here: they
 * follow from the records of {@link io.mdc.config}.
 *
 * <p>Size: a class for every command, each to be read by itself, and a few that they share.
 *
 * <p>To add a command, write a {@code Callable<Integer>} with picocli's annotations, or a {@code ConfiguredCommand} if
 * it takes settings, end its help with an example, list it in {@code Main.commands}, and let the test of
 * {@code docs/options.md} rewrite that page.
 */
package io.mdc.cli;
