/**
 * The command line: each command parses its options, calls the packages below and prints what they return.
 *
 * <p>This is the only package that names picocli or writes to standard output and error. Data goes to standard output,
 * progress and logs to standard error. To add a command, write a class for it and register it in
 * {@link io.mdc.cli.Main}.
 */
package io.mdc.cli;
